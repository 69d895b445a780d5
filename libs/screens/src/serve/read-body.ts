import { Problem } from '@bff/service-kit';
import type { Request } from 'express';
import type { AnyWrite } from '../declaration/write.ts';

/**
 * The body that a write sends on; undefined where its operation has none.
 *
 * @throws {Problem} `bad-request` without a body, `unprocessable` when it does not fit, or changes `_meta`, which is the
 * answer's own and no member of the resource
 */
export function readBody({ body: schema }: AnyWrite, request: Request): unknown {
  if (!schema) return undefined;
  const body: unknown = request.body;
  if (body === undefined) throw new Problem('bad-request', { detail: 'The body is missing.' });
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, '_meta'))
    throw new Problem('unprocessable', { detail: '_meta cannot be changed.' });
  const { success, data, error } = schema.safeParse(body);
  // What the schema does not name is not sent on: a client could set members that it may not (mass assignment).
  if (success) return data;
  const [issue] = error.issues;
  const at = issue?.path.length ? issue.path.map(String).join('.') : 'The body';
  throw new Problem('unprocessable', { detail: `${at}: ${issue?.message}` });
}
