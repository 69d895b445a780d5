import { Problem } from '@bff/service-kit';
import { type RequestHandler } from 'express';
import { jsonBody, type BodyLimits } from './json-body.ts';
import { type JsonObject } from '../view/json.ts';

/** Reads a JSON merge patch (RFC 7396) into `request.body`; plain JSON is taken for one. */
export function mergePatchBody(limits: BodyLimits): RequestHandler {
  return jsonBody({ ...limits, types: ['application/merge-patch+json', 'application/json'] });
}

/**
 * The patch that {@link mergePatchBody} read. RFC 7396 lets a patch that is no object replace the whole resource; ours
 * stay objects.
 *
 * @throws {Problem} `bad-request` without a body, `unprocessable` when it is not an object or changes `_meta`, which is
 * the answer's own and no member of the resource
 */
export function mergePatchOf(body: unknown): JsonObject {
  if (body === undefined) throw new Problem('bad-request', { detail: 'The body is missing.' });
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem('unprocessable', { detail: 'The patch is a JSON object.' });
  if (Object.hasOwn(body, '_meta'))
    throw new Problem('unprocessable', { detail: '_meta cannot be changed.' });
  return body as JsonObject;
}
