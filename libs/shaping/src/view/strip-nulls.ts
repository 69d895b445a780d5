import { isArray, isContainer, setMember, type Container, type Json } from './json.ts';

/**
 * Returns a copy without null members. Null items of arrays stay, so that no item changes its index; `0`,
 * `""` and `false` stay. Not recursive, so that a deep view cannot exhaust the stack.
 */
export function stripNulls(view: Json): Json {
  const todo: { readonly source: Container; readonly target: object }[] = [];

  /** Creates the empty copy of a container, which is filled later. */
  function copy(source: Json): Json {
    if (!isContainer(source)) return source;
    const target = isArray(source) ? [] : {};
    todo.push({ source, target });
    return target;
  }

  const stripped = copy(view);
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { source, target } = next;
    if (isArray(source)) {
      for (const item of source) (target as Json[]).push(copy(item));
      continue;
    }
    for (const name of Object.keys(source)) {
      const member = source[name];
      if (member != null) setMember(target as Record<string, Json>, name, copy(member));
    }
  }
  return stripped;
}
