import {
  accessTokenVerifier,
  internalTokenVerifier,
  parseReturnTo,
  TokenRefused,
} from '@bff/auth-delegation';
import { applyPatch, diff, PatchError, type Json } from '@bff/diff-sync';
import { createMemoryStore, Problem } from '@bff/service-kit';
import {
  createPageCursors,
  flatten,
  parseEntityTags,
  parseFields,
  resourceId,
  selectFields,
  unflatten,
  type JsonObject,
} from '@bff/shaping';
import {
  compilePolicy,
  createTenantDirectory,
  mayPatch,
  parseTenantId,
  resolveTenant,
  subdomainOf,
} from '@bff/tenancy';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { product } from '../product.ts';

/** Input of an attacker: tokens of our own syntaxes in any order, and arbitrary text. */
const words = [
  '',
  '.',
  '[*]',
  '[0]',
  '[-1]',
  '[99999999999]',
  ',',
  '"',
  'W/"',
  '*',
  '__proto__',
  'constructor',
  'prototype',
  'name',
  'items',
  ...product.fuzz.words,
  '/',
  '\\',
  '//',
  '%2f',
  '%00',
  '\0',
  '\t',
  '\r\n',
  '~',
  '~1',
  '~01',
  '-',
  '@',
  ':',
  ';q=',
  't1',
  'é',
  '中',
  '\u202e',
  '\ud800',
  '🚀',
  '0'.repeat(400),
];
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 60 }),
);
const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;
const object = fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), json, {
  maxKeys: 6,
}) as fc.Arbitrary<JsonObject>;
const operation = fc.record(
  {
    op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'steal'),
    path: hostilePointer(),
    from: hostilePointer(),
    value: json,
  },
  { requiredKeys: [] },
);

function hostilePointer(): fc.Arbitrary<string> {
  const segments = fc.array(
    fc.constantFrom('', '0', '1', '-', '01', 'a', 'name', '__proto__', 'constructor', '~0', '~1', '~', '99'),
    { maxLength: 5 },
  );
  return fc.oneof(
    segments.map((each) => each.map((part) => `/${part}`).join('')),
    hostileText,
  );
}

/** Errors that callers of the parsers expect. Any other error would become a 500. */
const expected = [Problem, PatchError, TokenRefused];
function refusing(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!expected.some((type) => error instanceof type)) throw error;
  }
}
async function refusingLater(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!expected.some((type) => error instanceof type)) throw error;
  }
}

/**
 * Copies a value without its prototypes, which the generator varies. Does not use JSON.parse, because that of
 * V8 13.6 reads the member name `"\t"` as a backslash if an earlier object of the same shape had a backslash
 * as member name.
 */
const plain = (value: unknown): unknown => structuredClone(value);
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};
const cursors = createPageCursors('a key of the cursors, 32 bytes and more');
const directory = createTenantDirectory({
  tenants: [{ id: 't1', name: 'Tenant', status: 'active', fields: {} }],
});
const internal = internalTokenVerifier({ audience: 'a', secret: 'a shared secret of at least 32 bytes' });
const policy = compilePolicy({ blocked: ['secret', 'user.card'], allowed: [] });
const access = accessTokenVerifier({
  issuer: 'http://127.0.0.1:9',
  audience: 'partner-bff',
  jwksUri: 'http://127.0.0.1:9/jwks',
  allowInsecure: true,
  replayStore: createMemoryStore(),
});
const jwt = fc.tuple(json, json, hostileText).map(([head, claims, signature]) =>
  [head, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(signature)
    .join('.'),
);
const token = fc.oneof(jwt, hostileText);

/** Properties of every public parser: it returns a valid result or throws an expected error. */
export const parserProperties: Readonly<Record<string, fc.IRawProperty<unknown, boolean>>> = {
  'fields= selects only what the view contains': fc.property(hostileText, object, (text, view) =>
    refusing(() => {
      const selected = selectFields(view, parseFields(text));
      must(
        JSON.stringify(selected).length <= JSON.stringify(view).length,
        'the selection is longer than the view',
      );
    }),
  ),
  'unflatten reverses flatten, or the view is rejected': fc.property(object, (view) =>
    refusing(() =>
      must(isDeepStrictEqual(plain(unflatten(flatten(view))), plain(view)), 'the flat form lost a member'),
    ),
  ),
  'If-None-Match': fc.property(hostileText, (text) => void parseEntityTags(text)),
  'a cursor that was not sealed with this key is rejected': fc.property(hostileText, (text) => {
    try {
      cursors.open(text, ['t1', 'u1']);
    } catch (error) {
      if (error instanceof Problem) return;
      throw error;
    }
    throw new Error('a forged cursor was opened');
  }),
  'a sealed cursor opens only in its scope': fc.property(hostileText, hostileText, (cursor, scope) => {
    const text = cursors.seal(cursor, ['t1', scope]);
    must(cursors.open(text, ['t1', scope]) === cursor, 'the opened cursor differs');
    try {
      cursors.open(text, ['t2', scope]);
    } catch {
      return;
    }
    throw new Error('another tenant opened a cursor');
  }),
  'an id in a path never adds a segment': fc.property(hostileText, (text) =>
    refusing(() => must(!/[/?#\0]/.test(encodeURIComponent(resourceId(text))), 'an id with a separator')),
  ),
  'a policy decides on any patch without an unexpected error': fc.property(
    object,
    object,
    (patch, current) => void mayPatch(policy, patch as never, current as never),
  ),
  'a policy never shows a blocked member': fc.property(object, (view) =>
    must(
      !JSON.stringify(
        policy.apply({ ...view, secret: 'HIDDEN', deep: [{ secret: 'HIDDEN' }] } as never),
      ).includes('HIDDEN'),
      'a blocked member is shown',
    ),
  ),
  'a JSON Patch that fails changes nothing': fc.property(
    json,
    fc.oneof(fc.array(operation, { maxLength: 8 }), json),
    (document, patch) => {
      const before = JSON.stringify(document);
      refusing(() => applyPatch(document, patch));
      must(JSON.stringify(document) === before, 'the document was changed');
      must(({} as Record<string, unknown>)['polluted'] === undefined, 'a prototype was changed');
    },
  ),
  'a diff patches one document into the other': fc.property(object, object, (from, to) => {
    const patch = diff(from as Json, to as Json).operations;
    must(isDeepStrictEqual(plain(applyPatch(from as Json, patch)), plain(to)), 'the patch gives other data');
  }),
  'return_to stays on this origin': fc.property(hostileText, (text) =>
    refusing(() => {
      const { origin } = new URL(parseReturnTo(text), 'https://app.example');
      must(origin === 'https://app.example', `leads to ${origin}`);
    }),
  ),
  'tenant ids and headers': fc.property(
    hostileText,
    fc.option(hostileText, { nil: undefined }),
    (header, subdomain) => {
      void parseTenantId(header);
      refusing(() => resolveTenant(directory, { identityTenants: ['t1'], header, subdomain }));
    },
  ),
  subdomains: fc.property(hostileText, (host) => void subdomainOf(host, 'bff.example.com')),
  'internal tokens': fc.asyncProperty(token, (text) =>
    refusingLater(async () => {
      await internal.verify(text);
      throw new Error('a forged internal token was accepted');
    }),
  ),
  'Authorization and DPoP': fc.asyncProperty(
    token,
    token,
    fc.constantFrom('Bearer', 'DPoP', 'bearer', 'Basic', ''),
    (bearer, proof, scheme) =>
      refusingLater(async () => {
        await access.verify({
          method: 'GET',
          url: 'https://api.example/v2/things',
          headers: { authorization: [`${scheme} ${bearer}`], dpop: [proof] },
          peerAddress: '127.0.0.1',
          peerCertificate: () => undefined,
        });
        throw new Error('a forged access token was accepted');
      }),
  ),
};
