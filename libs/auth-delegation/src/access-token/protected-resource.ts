import { Problem } from '@bff/service-kit';
import type { ErrorRequestHandler } from 'express';

export interface ProtectedResourceOptions {
  /** Address of the resource as its clients know it; the audience of its tokens (RFC 8707). */
  readonly resource: string;
  readonly name: string;
  /** Issuers of its tokens. */
  readonly authorizationServers: readonly string[];
  /** What a client should ask for at first; more is told when it is missing. */
  readonly scopes: readonly string[];
}

export interface ProtectedResource {
  /** Of the resource. */
  readonly origin: string;
  /** Where the metadata is. */
  readonly path: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Middleware behind the resource: every challenge names the metadata (RFC 9728, section 5.1). */
  readonly challenge: ErrorRequestHandler;
}

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * Describes a protected resource, so that a client which knows nothing but its address finds out where to get a token
 * (RFC 9728).
 *
 * @example const agents = protectedResource({ resource: 'https://agents.example/mcp', name: 'Agents', authorizationServers: [issuer], scopes: [] });
 */
export function protectedResource(options: ProtectedResourceOptions): ProtectedResource {
  const { resource, name, authorizationServers, scopes } = options;
  const { origin, pathname } = new URL(resource);
  // RFC 9728, section 3.1: between host and path.
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

/** RFC 9110, section 11.6.1: behind the scheme of the first challenge, in front of what is there already. */
function withParameter(challenge: string, parameter: string): string {
  const [, scheme = '', rest = ''] = /^(\w+)(.*)$/.exec(challenge) ?? [];
  const hasOthers = /^ +\w+=/.test(rest);
  return `${scheme} ${parameter}${hasOthers ? `, ${rest.trimStart()}` : rest}`;
}
