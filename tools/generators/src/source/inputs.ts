import type { AnyOperation } from '@bff/upstream-clients';
import type { z } from 'zod';
import { literal } from './literal.ts';

export interface Inputs {
  /** Names of the parameters that the request path provides. */
  readonly fromPath: readonly string[];
  /** Source text of the parameters that are constants. */
  readonly constants: readonly string[];
}

const limit = 5;

/**
 * Determines where the values of an operation's parameters come from: `userId` from the caller, the other
 * parameters of its path from the request path, a required `limit` from a constant.
 *
 * @throws {Error} when it requires any other parameter
 */
export function inputsOf({ service, name, path, query, headers }: AnyOperation): Inputs {
  const fromPath = [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, parameter = '']) => parameter)
    .filter((parameter) => parameter !== 'userId');
  const accepts = (parameter: string, value: unknown) =>
    (query[parameter] as z.ZodType | undefined)?.safeParse(value).success === true;
  const required = Object.entries({ ...query, ...headers })
    .filter(([, schema]) => !schema.safeParse(undefined).success)
    .map(([parameter]) => parameter);
  const unknown = required.find((parameter) => parameter !== 'limit' || !accepts(parameter, limit));
  if (unknown !== undefined)
    throw new Error(
      `${service}.${name} requires the parameter ${unknown}; declare that manually with \`with\``,
    );
  return { fromPath, constants: accepts('limit', limit) ? [`${literal('limit')}: ${limit}`] : [] };
}
