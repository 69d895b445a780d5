import { expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import type { Request, Response } from 'express';
import { protectedResource } from '../../src/index.ts';

const options = { name: 'Things', authorizationServers: ['https://idp.example'], scopes: ['things:read'] };
const at = (resource: string) => protectedResource({ ...options, resource });

test.each([
  ['https://a.example/mcp', '/.well-known/oauth-protected-resource/mcp'],
  ['https://a.example/x/y', '/.well-known/oauth-protected-resource/x/y'],
  ['https://a.example', '/.well-known/oauth-protected-resource'],
])('the metadata of the protected resource %s is at %s (RFC 9728, section 3.1)', (resource, path) => {
  expect([at(resource).path, at(resource).metadata]).toEqual([
    path,
    {
      resource,
      resource_name: 'Things',
      authorization_servers: ['https://idp.example'],
      scopes_supported: ['things:read'],
      bearer_methods_supported: ['header'],
    },
  ]);
});

/** Returns the error that the middleware passes on. */
function passed(error: unknown): unknown {
  let handed: unknown;
  at('https://a.example/mcp').challenge(error, {} as Request, {} as Response, (next) => void (handed = next));
  return handed;
}
const metadata = 'resource_metadata="https://a.example/.well-known/oauth-protected-resource/mcp"';

test.each([
  ['Bearer', `Bearer ${metadata}`],
  ['Bearer, DPoP algs="ES256"', `Bearer ${metadata}, DPoP algs="ES256"`],
  ['Bearer error="invalid_token"', `Bearer ${metadata}, error="invalid_token"`],
  [
    'DPoP error="insufficient_scope", scope="a b"',
    `DPoP ${metadata}, error="insufficient_scope", scope="a b"`,
  ],
])(
  'the address of the resource metadata is added to the challenge %s (RFC 9728, section 5.1)',
  (challenge, expected) => {
    const problem = new Problem('not-authenticated', {
      detail: 'd',
      headers: { 'WWW-Authenticate': challenge, 'Retry-After': '1' },
    });
    expect(passed(problem)).toMatchObject({
      type: 'not-authenticated',
      detail: 'd',
      headers: { 'WWW-Authenticate': expected, 'Retry-After': '1' },
    });
  },
);

test.each([[new Problem('not-found')], [new Error('other')], [undefined]])(
  'an error without a challenge (%s) is passed on unchanged',
  (error) => {
    expect(passed(error)).toBe(error);
  },
);
