import type { ServerMetadata } from 'openid-client';
import type { ClaimNames } from './claim-names.ts';
import type { ProviderCheck } from './provider-check.ts';

/** Claims that users of most providers can edit in their account (OpenID Connect Core, section 5.1). */
const selfAsserted = new Set([
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'address',
]);

/**
 * Warns of signs, in the provider's metadata and in the configured claim names, that users can choose their
 * tenant or roles at the provider (F32). Even without a warning they may be able to:
 * docs/identity-providers.md has the settings of each provider.
 */
export function authorityChecks(metadata: ServerMetadata, names: ClaimNames = {}): readonly ProviderCheck[] {
  const { subject = 'sub', tenants = 'tid', roles = 'roles', permissions = 'permissions' } = names;
  const warning = (name: string, found: string): ProviderCheck => ({ name, result: 'warning', found });
  const isChosen = (claim: string): boolean =>
    selfAsserted.has(claim) || claim.split(/[./:]/).includes('user_metadata');
  const settings = [
    ['TENANT_CLAIM', tenants],
    ['ROLES_CLAIM', roles],
    ['PERMISSIONS_CLAIM', permissions],
    ['SUBJECT_CLAIM', subject],
  ] as const;
  return [
    ...settings
      .filter(([, claim]) => isChosen(claim))
      .map(([setting, claim]) =>
        warning(setting, `${claim} is a claim that users can change themselves at most providers`),
      ),
    ...settings
      .filter(([, claim]) => claim.startsWith('custom:'))
      .map(([setting, claim]) =>
        warning(
          setting,
          `${claim} is writable by every app client of an Amazon Cognito pool without a write restriction`,
        ),
      ),
    ...(registersUsers(metadata)
      ? [
          warning(
            'registration',
            `open registration: users must not be able to set ${tenants} and ${roles} in a form`,
          ),
        ]
      : []),
  ];
}

/**
 * Returns whether the provider announces open registration (Initiating User Registration via OpenID Connect
 * 1.0, section 5).
 */
function registersUsers({ prompt_values_supported: prompts }: ServerMetadata): boolean {
  return Array.isArray(prompts) && prompts.includes('create');
}
