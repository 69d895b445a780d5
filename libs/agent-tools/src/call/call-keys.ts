import { createHash, randomUUID } from 'node:crypto';
import { stateKey, type StateStore, type TenantId } from '@bff/service-kit';

/** Milliseconds within which equal calls of one agent for one user count as one call. */
export const sameCallMs = 10 * 60_000;

/**
 * Returns an idempotency key for a call that has none. The first call with these arguments creates the key,
 * and equal calls within ten minutes share it. A hash of the arguments and a fixed time window would not do:
 * two equal calls just before and just after the end of a window would get different keys.
 * @param parts agent, user, tool and arguments
 * @throws {StateUnavailable} before the tool is run, so nothing has been changed
 */
export async function callKey(
  store: StateStore,
  tenant: TenantId,
  parts: readonly string[],
): Promise<string> {
  const name = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  const key = stateKey(tenant, 'call', name);
  const chosen = randomUUID();
  if (await store.add(key, chosen, sameCallMs)) return chosen;
  const known = await store.get(key);
  // The key expired after `add` found it, so the call chooses a new one.
  return known === undefined ? callKey(store, tenant, parts) : known.toString();
}
