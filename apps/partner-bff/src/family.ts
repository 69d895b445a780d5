import { callerOf, requireScopes } from '@bff/auth-delegation';
import type { Family, ScreenAnswer } from '@bff/screens';
import { Problem } from '@bff/service-kit';
import { jsonBody, parseFields, type BodyLimits, type PageCursors, type Sender } from '@bff/shaping';
import type { Request } from 'express';
import { fieldsQuery, pageQuery } from './contract/query.ts';
import type { Version } from './contract/versions.ts';
import { customerIn } from './customer-in.ts';
import { readQuery } from './read-query.ts';
import type { SealedEtags } from './sealed-etags.ts';

export interface PartnerFamilyOptions {
  readonly sender: Sender;
  readonly cursors: PageCursors;
  readonly tags: SealedEtags;
  readonly bodyLimits: BodyLimits;
}

/**
 * Creates the partner client family for one API version: requires scopes, encrypts cursors and entity tags.
 */
export function partnerFamily(
  { name: version }: Version,
  { sender, cursors, tags, bodyLimits }: PartnerFamilyOptions,
): Family {
  const boundsOf = (request: Request): readonly string[] => {
    const { identity, tenant } = callerOf(request);
    return [tenant.id, customerIn(request, identity)];
  };
  /** Returns the entity tag of a resource that can be changed. It contains the service's tag, encrypted. */
  const tokenOf = (request: Request, { validator, scope }: ScreenAnswer): string | undefined => {
    const [, tenantVersion = '', , , ...shape] = scope;
    return validator && tags.tagOf(validator, boundsOf(request), [tenantVersion, ...shape]);
  };

  return {
    name: 'partner',
    version,
    guardsOf: ({ scopes }) => [requireScopes(scopes)],
    readShape(request) {
      const { fields } = readQuery(fieldsQuery, request);
      return fields === undefined ? {} : { fields: parseFields(fields) };
    },
    userIdOf: (request) => customerIn(request, callerOf(request).identity),
    readPage(request, _screen, { fields }) {
      const { limit, cursor } = readQuery(pageQuery, request);
      const { identity, tenant } = callerOf(request);
      const path = request.baseUrl + request.path;
      const bounds = [tenant.id, identity.subject, path, String(limit), fields?.canonical ?? ''];
      return {
        limit,
        cursor: cursor === undefined ? undefined : cursors.open(cursor, bounds),
        next: (following) => (following === null ? null : cursors.seal(following, bounds)),
      };
    },
    resourceOf: ({ baseUrl, path }, _entry, page) => `${baseUrl}${path}${page ? `?limit=${page.limit}` : ''}`,
    senderOf: () => (request, response, answer) => {
      const token = tokenOf(request, answer);
      return sender.send(request, response, { ...answer, ...(token !== undefined && { token }) });
    },
    writes: {
      requiresIdempotencyKey: true,
      bodyParsersOf: ({ body, operation }) =>
        body ? [jsonBody({ ...bodyLimits, types: [operation.contentType] })] : [],
      async matchOf(request, ifMatch) {
        const match = tags.upstreamMatch(ifMatch, boundsOf(request));
        if (match === undefined) throw new Problem('precondition-failed');
        return match;
      },
      async tagOf(request, answer) {
        const token = tokenOf(request, answer);
        return token && `"${token}"`;
      },
      send: (request, response, answer) => sender.send(request, response, answer),
    },
  };
}
