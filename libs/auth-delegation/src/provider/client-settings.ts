import { readFileSync } from 'node:fs';
import { list, oneOf, text, type Setting, type SettingValues } from '@bff/service-kit';
import { forbiddenParameters } from '../login/authorization-parameters.ts';
import { readClientKey } from './client-key.ts';

/** Settings of every app that is a client of the provider. */
export const clientSettings = {
  clientAuthentication: {
    env: 'CLIENT_AUTHENTICATION',
    schema: oneOf(['basic', 'post', 'private_key_jwt']),
    default: 'basic',
    meaning:
      'how this client authenticates at the provider: basic or post with CLIENT_SECRET, private_key_jwt with CLIENT_KEY_FILE',
  },
  clientKeyFile: {
    env: 'CLIENT_KEY_FILE',
    schema: text(),
    optional: true,
    file: 'secret',
    meaning: 'private key for private_key_jwt, as PEM, or as a JWK with `kid` and `alg`',
  },
  pushedAuthorizationRequests: {
    env: 'PUSHED_AUTHORIZATION_REQUESTS',
    schema: oneOf(['auto', 'always']),
    default: 'auto',
    meaning:
      'auto: authorization requests are pushed (RFC 9126) when the metadata of the provider requires it; always: where it is required of this client alone',
  },
  authorizationParameters: {
    env: 'AUTHORIZATION_PARAMETERS',
    schema: text(),
    optional: true,
    meaning:
      'further parameters of each authorization request, in the form of a query: `acr_values=mfa&kc_idp_hint=corporate`',
  },
  passedParameters: {
    env: 'PASSED_PARAMETERS',
    schema: list(),
    default: ['acr_values', 'login_hint', 'max_age', 'ui_locales'],
    meaning:
      'parameters of a login request that are passed to the provider, comma separated; others are dropped',
  },
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof clientSettings> & { readonly clientSecret?: string | undefined };

/**
 * Returns an error for a missing secret, a missing or unusable key, and each parameter that must not be set.
 */
export function clientErrors(values: Partial<Values>): string[] {
  const {
    clientAuthentication,
    clientSecret,
    clientKeyFile,
    authorizationParameters = '',
    passedParameters = [],
  } = values;
  const needsKey = clientAuthentication === 'private_key_jwt';
  const fixed = [...new URLSearchParams(authorizationParameters).keys()];
  return [
    ...(needsKey || clientAuthentication === undefined || clientSecret !== undefined
      ? []
      : [`CLIENT_SECRET must be set: CLIENT_AUTHENTICATION is ${clientAuthentication}`]),
    ...(needsKey ? keyErrors(clientKeyFile) : []),
    ...forbiddenParameters(fixed, 'fixed').map((name) => `AUTHORIZATION_PARAMETERS must not have ${name}`),
    ...forbiddenParameters(passedParameters).map((name) => `PASSED_PARAMETERS must not have ${name}`),
  ];
}

function keyErrors(file: string | undefined): string[] {
  if (file === undefined) return ['CLIENT_KEY_FILE must be set: CLIENT_AUTHENTICATION is private_key_jwt'];
  try {
    readClientKey(readFileSync(file, 'utf8'));
    return [];
  } catch (error) {
    return [`CLIENT_KEY_FILE cannot be used: ${(error as Error).message}`];
  }
}

/** Returns the settings in the form of the relying party's options. */
export function clientFrom({ clientKeyFile, authorizationParameters, ...values }: Values) {
  const { clientAuthentication, passedParameters, pushedAuthorizationRequests } = values;
  return {
    clientAuthentication,
    passedParameters,
    pushesAuthorizationRequests: pushedAuthorizationRequests === 'always',
    authorizationParameters: Object.fromEntries(new URLSearchParams(authorizationParameters)),
    ...(clientAuthentication === 'private_key_jwt' &&
      clientKeyFile !== undefined && { clientKey: readClientKey(readFileSync(clientKeyFile, 'utf8')) }),
  };
}
