import { type JsonObject } from './json.ts';

/**
 * What a tenant sees of a view. `next_cursor` is not the tenant's data but our sealed text, without which an allowlist
 * would end every list after one page; so it goes with its list, and away when nothing of the list may be seen.
 */
export function visibleView(view: JsonObject, policy: { apply(view: JsonObject): JsonObject }): JsonObject {
  if (!Object.hasOwn(view, 'next_cursor')) return policy.apply(view);
  const { next_cursor, ...data } = view;
  const visible = policy.apply(data);
  return Object.keys(visible).length === 0 ? visible : { ...visible, next_cursor };
}
