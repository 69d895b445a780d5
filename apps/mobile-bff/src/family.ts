import { callerOf } from '@bff/auth-delegation';
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
import type { Request } from 'express';
import type { ScreenSender } from './screen-sender.ts';

export interface MobileFamilyOptions {
  readonly sender: Sender;
  readonly screens: ScreenSender;
  readonly paging: Paging;
  readonly bodyLimits: BodyLimits;
}

/** Creates the mobile client family: omits nulls and sends patches to clients that accept them. */
export function mobileFamily({ sender, screens, paging, bodyLimits }: MobileFamilyOptions): Family {
  return {
    name: 'mobile',
    guardsOf: () => [],
    readShape,
    userIdOf: (request) => callerOf(request).identity.subject,
    readPage(request, { name }) {
      const { identity, tenant } = callerOf(request);
      return paging.read(request.query, [tenant.id, identity.subject, name]);
    },
    resourceOf({ params }, entry, page) {
      if (entry.kind === 'write') return entry.name;
      if (page) return `${entry.name}?limit=${page.limit}&cursor=${page.cursor ?? ''}`;
      return [entry.name, ...Object.values(params)].join('/');
    },
    senderOf: ({ name }) => screens.to(name),
    writes: {
      requiresIdempotencyKey: false,
      bodyParsersOf: ({ operation }) => [
        jsonBody({ ...bodyLimits, types: jsonTypes(operation.contentType) }),
      ],
      ...validatorMatch(sender, screens.named),
      send: (request, response, answer) => sender.send(request, response, answer),
    },
  };
}

/**
 * Parses `fields=`.
 * @throws {Problem} `invalid-fields` (400)
 */
function readShape({ query: { fields } }: Request): ShapeRequest {
  if (fields === undefined) return {};
  if (typeof fields === 'string') return { fields: parseFields(fields) };
  throw new Problem('invalid-fields', { detail: 'fields must not be repeated' });
}

/** Returns the accepted media types: plain JSON is accepted for every write. */
const jsonTypes = (contentType: string): readonly string[] => [...new Set([contentType, 'application/json'])];
