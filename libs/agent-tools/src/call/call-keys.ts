import { createHash, randomUUID } from 'node:crypto';
import { stateKey, type StateStore, type TenantId } from '@bff/service-kit';

/** Within it, the same call by the same agent for the same user is one call. */
export const sameCallMs = 10 * 60_000;

/**
 * The idempotency key of a call that names none: the first call with these arguments chooses one, and for ten minutes every
 * other call with them has the same. Not a hash over a window of the clock: of two calls at its edge both would count.
 *
 * @param parts who calls which tool with which arguments
 * @throws {StateUnavailable} before anything is done
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
  // It ended in between.
  return known === undefined ? callKey(store, tenant, parts) : known.toString();
}
