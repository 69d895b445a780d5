import { Problem } from '@bff/service-kit';
import type { Request } from 'express';
import type { AnyWrite } from '../declaration/write.ts';

/**
 * Returns the validated body of a write; undefined when its operation has none.
 * @throws {Problem} `bad-request` without a body; `unprocessable` when it violates the schema or changes
 * `_meta`, which belongs to the answer and not to the resource
 */
export function readBody({ body: schema }: AnyWrite, request: Request): unknown {
  if (!schema) return undefined;
  const body: unknown = request.body;
  if (body === undefined) throw new Problem('bad-request', { detail: 'The body is missing.' });
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, '_meta'))
    throw new Problem('unprocessable', { detail: '_meta cannot be changed.' });
  const { success, data, error } = schema.safeParse(body);
  // Members that the schema does not name are dropped: a client must not set them (mass assignment).
  if (success) return data;
  const [issue] = error.issues;
  const at = issue?.path.length ? issue.path.map(String).join('.') : 'The body';
  throw new Problem('unprocessable', { detail: `${at}: ${issue?.message}` });
}
