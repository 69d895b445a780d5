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

/** How apps and devices are served: nulls stripped, and to clients that take patches only what changed. */
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

/** `fields=`. @throws {Problem} 400 */
function readShape({ query: { fields } }: Request): ShapeRequest {
  if (fields === undefined) return {};
  if (typeof fields === 'string') return { fields: parseFields(fields) };
  throw new Problem('invalid-fields', { detail: 'fields may be given once' });
}

/** Plain JSON is taken for whatever a write wants. */
const jsonTypes = (contentType: string): readonly string[] => [...new Set([contentType, 'application/json'])];
