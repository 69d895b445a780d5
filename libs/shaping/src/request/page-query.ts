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
      detail: `limit is a whole number from 1 to ${maxLimit}, given once at most`,
    });
  if (cursor !== undefined && typeof cursor !== 'string')
    throw new Problem('invalid-cursor', { detail: 'cursor may be given once' });
  return { limit: Number(limit), cursor };
}
