import { quotaNames } from './quota-policy.ts';
import type { QuotaVerdict } from './quota.ts';

/**
 * Returns `RateLimit-Policy`, `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4) and
 * `Retry-After`.
 */
export function quotaHeaders({ exceeded, standings, policies }: QuotaVerdict): Record<string, string> {
  const policy = quotaNames.map(
    (name) => `"${name}";q=${policies[name].limit};w=${policies[name].windowSeconds}`,
  );
  const standing = standings.map(
    ({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`,
  );
  return {
    'RateLimit-Policy': policy.join(', '),
    RateLimit: standing.join(', '),
    ...(exceeded && { 'Retry-After': String(exceeded.resetSeconds) }),
  };
}
