import { Problem } from '@bff/service-kit';
import type { ErrorRequestHandler } from 'express';

export interface ProtectedResourceOptions {
  /** Address of the resource as clients use it; the audience of its tokens (RFC 8707). */
  readonly resource: string;
  readonly name: string;
  /** Issuers of its tokens. */
  readonly authorizationServers: readonly string[];
  /** Scopes that a client should request at first; a 403 names further ones. */
  readonly scopes: readonly string[];
}

export interface ProtectedResource {
  /** Origin of the resource. */
  readonly origin: string;
  /** Path of the metadata. */
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * Error middleware, mounted after the resource. Adds the address of the metadata to every challenge (RFC
   * 9728, section 5.1).
   */
  readonly challenge: ErrorRequestHandler;
}

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * Describes a protected resource, so that a client which knows only its address can find out where to get a
 * token (RFC 9728).
 *
 * @example
 * const agents = protectedResource({ resource: 'https://agents.example/mcp', name: 'Agents',
 * authorizationServers: [issuer], scopes: [] });
 */
export function protectedResource(options: ProtectedResourceOptions): ProtectedResource {
  const { resource, name, authorizationServers, scopes } = options;
  const { origin, pathname } = new URL(resource);
  // RFC 9728, section 3.1: the well-known path goes between host and path.
  const path = wellKnown + (pathname === '/' ? '' : pathname);
  const parameter = `resource_metadata="${origin}${path}"`;

  return {
    origin,
    path,
    metadata: {
      resource,
      resource_name: name,
      authorization_servers: authorizationServers,
      scopes_supported: scopes,
      bearer_methods_supported: ['header'],
    },
    challenge(error, _request, _response, next) {
      const header = error instanceof Problem ? error.headers['WWW-Authenticate'] : undefined;
      if (!(error instanceof Problem) || header === undefined) return next(error);
      const { type, detail, headers, cause } = error;
      next(
        new Problem(type, {
          ...(detail !== undefined && { detail }),
          headers: { ...headers, 'WWW-Authenticate': withParameter(header, parameter) },
          cause,
        }),
      );
    },
  };
}

/**
 * Adds a parameter after the scheme of the first challenge, before its other parameters (RFC 9110, section
 * 11.6.1).
 */
function withParameter(challenge: string, parameter: string): string {
  const [, scheme = '', rest = ''] = /^(\w+)(.*)$/.exec(challenge) ?? [];
  const hasOthers = /^ +\w+=/.test(rest);
  return `${scheme} ${parameter}${hasOthers ? `, ${rest.trimStart()}` : rest}`;
}
