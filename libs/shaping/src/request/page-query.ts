import { Problem } from '@bff/service-kit';

/** A query as Express parses it: a repeated name is an array. */
export type PageParameters = Readonly<Record<string, unknown>>;

export const defaultLimit = 20;
export const maxLimit = 50;
const limitSyntax = /^[1-9]\d?$/;

/**
 * Parses `limit` (1 to 50, default 20) and `cursor`, which stays sealed. Ignores other parameters.
 * @throws {Problem} `bad-request` or `invalid-cursor` (400)
 */
export function parsePageQuery({ limit = String(defaultLimit), cursor }: PageParameters): {
  readonly limit: number;
  readonly cursor: string | undefined;
} {
  if (typeof limit !== 'string' || !limitSyntax.test(limit) || Number(limit) > maxLimit)
    throw new Problem('bad-request', {
      detail: `limit must be an integer from 1 to ${maxLimit}, and may occur only once`,
    });
  if (cursor !== undefined && typeof cursor !== 'string')
    throw new Problem('invalid-cursor', { detail: 'cursor may occur only once' });
  return { limit: Number(limit), cursor };
}
