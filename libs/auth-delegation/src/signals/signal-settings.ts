import { httpUrl, text, type Setting, type SettingValues } from '@bff/service-kit';

/** Settings of the one transmitter of shared signals that an app trusts; a BFF adds these to its own. */
export const signalSettings = {
  signalsIssuer: {
    env: 'SIGNALS_ISSUER',
    schema: httpUrl(),
    optional: true,
    meaning:
      'issuer of the transmitter of shared signals (CAEP, RISC), exactly as in `iss` of its events; unset: signals are not received',
  },
  signalsJwksUrl: {
    env: 'SIGNALS_JWKS_URL',
    schema: httpUrl(),
    optional: true,
    meaning: 'address of the keys of SIGNALS_ISSUER: `jwks_uri` of its metadata',
  },
  signalsAudience: {
    env: 'SIGNALS_AUDIENCE',
    schema: text(),
    optional: true,
    meaning: "audience of this service in `aud` of the transmitter's events",
  },
  signalsAuthorization: {
    env: 'SIGNALS_AUTHORIZATION',
    schema: text(/^[\x20-\x7e]{32,}$/, 'must have at least 32 characters'),
    optional: true,
    secret: true,
    meaning:
      'complete Authorization field that the transmitter sends with each event, scheme included: `authorization_header` of the stream',
  },
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof signalSettings>;

/** A transmitter and its credentials. */
export interface Transmitter {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string;
  /** Complete value of the field `Authorization`. */
  readonly authorization: string;
}

/** Returns errors if only some of these settings are set, or if an address is not https in production. */
export function signalErrors(values: Partial<Values>, production: boolean): string[] {
  const given = Object.entries(signalSettings).filter(([name]) => values[name as keyof Values] !== undefined);
  const missing = Object.entries(signalSettings).filter(
    ([name]) => values[name as keyof Values] === undefined,
  );
  if (given.length === 0) return [];
  return [
    ...missing.map(([, { env }]) => `${env} must be set, because ${given[0]?.[1].env} is`),
    ...(production && [values.signalsIssuer, values.signalsJwksUrl].some((url) => url?.startsWith('http:'))
      ? ['SIGNALS_ISSUER and SIGNALS_JWKS_URL must be https in production']
      : []),
  ];
}

/** Returns the transmitter; undefined if none is configured. */
export function transmitterFrom(values: Values): Transmitter | undefined {
  const { signalsIssuer, signalsJwksUrl, signalsAudience, signalsAuthorization } = values;
  if (!signalsIssuer || !signalsJwksUrl || !signalsAudience || !signalsAuthorization) return undefined;
  return {
    issuer: signalsIssuer,
    jwksUri: signalsJwksUrl,
    audience: signalsAudience,
    authorization: signalsAuthorization,
  };
}
