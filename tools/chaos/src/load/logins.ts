import { loginToMobileBff, loginToWebBff } from '@bff/demo-world';
import type { Fleet } from '../fleet/fleet.ts';
import type { Classified } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import type { Sample } from './sample.ts';

const everyMs = 500;
/** Users that are used only for logins. */
const [tenant] = product.tenants;
const users = tenant.users(71, 10);

/** Classifies a failed login: `unavailable` (503, 504), `wrong` (other errors) or `broken` (no answer). */
function classifyFailure(error: unknown): Classified {
  const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
  const why = cause?.code === undefined ? message : `${message} (${cause.code})`;
  if (/answered 50[34]\b|\(50[34]\)|temporarily_unavailable/.test(why))
    return { verdict: 'unavailable', why };
  return { verdict: /answered \d|\(\d|\(\w+\)/.test(message) ? 'wrong' : 'broken', why };
}

/**
 * Logs users in at web-bff and mobile-bff alternately, twice per second.
 * @returns a function that stops the logins, and resolves when the pending ones have ended
 */
export function startLogins(fleet: Fleet, keep: (sample: Sample) => void): () => Promise<void> {
  const underWay = new Set<Promise<void>>();
  let turn = 0;
  async function login(client: 'web' | 'mobile', username: string): Promise<void> {
    const at = performance.now();
    const url = fleet.doors[`${client}-bff`].url;
    const done = client === 'web' ? loginToWebBff({ url, username }) : loginToMobileBff({ url, username });
    const classified = await done.then((): Classified => ({ verdict: 'complete' }), classifyFailure);
    keep({ ...classified, at, ms: performance.now() - at, client, tenant: tenant.id, what: 'login' });
  }
  const timer = setInterval(() => {
    turn += 1;
    const work = login(turn % 2 === 0 ? 'web' : 'mobile', users[turn % users.length] ?? '');
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }, everyMs);
  return async () => {
    clearInterval(timer);
    while (underWay.size > 0) await Promise.all(underWay);
  };
}
