import { validatorMatch, type Family } from '@bff/screens';
import { Problem } from '@bff/service-kit';
import {
  jsonBody,
  parseFields,
  type BodyLimits,
  type Paging,
  type Sender,
  type ShapeRequest,
} from '@bff/shaping';
import { callerOf } from '@bff/auth-delegation';
import type { Request } from 'express';

export interface WebFamilyOptions {
  readonly sender: Sender;
  readonly paging: Paging;
  readonly bodyLimits: BodyLimits;
}

/** Creates the web client family: nested or flat answers, with the time of each source in `Server-Timing`. */
export function webFamily({ sender, paging, bodyLimits }: WebFamilyOptions): Family {
  return {
    name: 'web',
    guardsOf: () => [],
    readShape,
    userIdOf: (request) => callerOf(request).identity.subject,
    readPage(request, { name }) {
      const { identity, tenant } = callerOf(request);
      return paging.read(request.query, [tenant.id, identity.subject, name]);
    },
    resourceOf: ({ path }) => path,
    senderOf: () => (request, response, answer) =>
      sender.send(request, response, {
        ...answer,
        serverTiming: answer.timings.map(({ source, durationMs }) => ({ name: source, durationMs })),
      }),
    writes: {
      requiresIdempotencyKey: false,
      bodyParsersOf: ({ operation }) => [
        jsonBody({ ...bodyLimits, types: jsonTypes(operation.contentType) }),
      ],
      ...validatorMatch(sender),
      send: (request, response, answer) => sender.send(request, response, answer),
    },
  };
}

/**
 * Parses `fields=` and `shape=`.
 * @throws {Problem} `invalid-fields` or `bad-request` (400)
 */
function readShape({ query }: Request): ShapeRequest {
  const { fields, shape = 'nested' } = query;
  if (shape !== 'nested' && shape !== 'flat')
    throw new Problem('bad-request', { detail: 'shape must be nested or flat' });
  if (fields !== undefined && typeof fields !== 'string')
    throw new Problem('invalid-fields', { detail: 'fields must not be repeated' });
  return { ...(fields !== undefined && { fields: parseFields(fields) }), flat: shape === 'flat' };
}

/** Returns the accepted media types: plain JSON is accepted for every write. */
const jsonTypes = (contentType: string): readonly string[] => [...new Set([contentType, 'application/json'])];
