import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/**
 * `npm run keycloak` creates a real realm from the recipe; these tests find errors in it without Keycloak.
 */
const text = readFileSync(resolve(import.meta.dirname, '../../../docs/keycloak-realm.json'), 'utf8');
const recipe = JSON.parse(text) as {
  readonly registrationAllowed: boolean;
  readonly editUsernameAllowed: boolean;
  readonly clients: readonly Client[];
  readonly clientScopes: readonly {
    readonly name: string;
    readonly protocolMappers?: readonly { readonly config: Record<string, string> }[];
  }[];
  readonly components: Record<string, readonly { readonly config: Record<string, readonly [string]> }[]>;
};
interface Client {
  readonly clientId: string;
  readonly frontchannelLogout: boolean;
  readonly redirectUris: readonly string[];
  readonly attributes: Record<string, string>;
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
}
interface ProfileAttribute {
  readonly name: string;
  readonly permissions: { readonly edit: readonly string[] };
}

const [profile] = recipe.components['org.keycloak.userprofile.UserProfileProvider'] ?? [];
const declared = JSON.parse(profile?.config['kc.user.profile.config']?.[0] ?? '{}') as {
  readonly attributes: readonly ProfileAttribute[];
  readonly unmanagedAttributePolicy?: string;
};

describe('the realm recipe for Keycloak', () => {
  test('F31 the Keycloak recipe declares the tenant attribute, because Keycloak drops undeclared attributes', () => {
    expect(declared.attributes.map(({ name }) => name)).toContain('tid');
  });

  test('F32 the Keycloak recipe lets only administrators edit tenant and user name, and allows no registration', () => {
    const editors = declared.attributes
      .filter(({ name }) => name === 'tid' || name === 'username')
      .map(({ permissions }) => permissions.edit);
    expect(editors).toEqual([['admin'], ['admin']]);
    expect(declared.unmanagedAttributePolicy).toBeUndefined();
    expect([recipe.registrationAllowed, recipe.editUsernameAllowed]).toEqual([false, false]);
  });

  test.each([
    ['web-bff', 'https://web.example.com/auth'],
    ['mobile-bff', 'https://mobile.example.com/oauth'],
  ])(
    'F33 the Keycloak recipe disables the front-channel logout of %s, which would suppress logout tokens',
    (id, at) => {
      const client = recipe.clients.find(({ clientId }) => clientId === id);
      expect(client).toMatchObject({
        frontchannelLogout: false,
        redirectUris: [`${at}/callback`],
        attributes: {
          'backchannel.logout.url': `${at}/backchannel-logout`,
          'backchannel.logout.session.required': 'true',
          'pkce.code.challenge.method': 'S256',
        },
      });
    },
  );

  test('the Keycloak recipe references only client scopes that it defines, and contains no secret', () => {
    const known = recipe.clientScopes.map(({ name }) => name);
    for (const { defaultClientScopes, optionalClientScopes } of recipe.clients)
      expect(known).toEqual(expect.arrayContaining([...defaultClientScopes, ...optionalClientScopes]));
    expect(text).not.toMatch(/"(?:secret|value|credentials|privateKey)"/);
  });

  test('the Keycloak recipe puts tenant and roles into the ID token and the access token', () => {
    const { protocolMappers = [] } = recipe.clientScopes.find(({ name }) => name === 'bff') ?? {};
    for (const claim of ['tid', 'roles'])
      expect(protocolMappers.map(({ config }) => config)).toContainEqual(
        expect.objectContaining({
          'claim.name': claim,
          'id.token.claim': 'true',
          'access.token.claim': 'true',
        }),
      );
  });
});
