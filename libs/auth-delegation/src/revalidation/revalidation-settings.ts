import { integer, type Setting, type SettingValues } from '@bff/service-kit';

const day = 86_400;

/** Settings for the confirmation of sessions by the identity provider, for every app that has sessions. */
export const revalidationSettings = {
  revalidationSeconds: {
    env: 'REVALIDATION_SECONDS',
    schema: integer(0, 30 * day),
    default: 900,
    meaning:
      'seconds after which the identity provider has to confirm a session again; 0: never, a user who is disabled there stays logged in until the session ends',
  },
  providerOutageSeconds: {
    env: 'PROVIDER_OUTAGE_SECONDS',
    schema: integer(0, 30 * day),
    default: 14_400,
    meaning:
      'seconds for which sessions stay valid after their confirmation is due, while the identity provider is not responding',
  },
} as const satisfies Record<string, Setting>;

type Values = SettingValues<typeof revalidationSettings>;

/**
 * Returns an error if the confirmation interval is longer than the maximum lifetime of a session.
 * @param absoluteSeconds environment variable and value of that lifetime
 */
export function revalidationErrors(
  { revalidationSeconds }: Partial<Values>,
  absoluteSeconds: { readonly env: string; readonly value: number | undefined },
): string[] {
  return revalidationSeconds && absoluteSeconds.value && revalidationSeconds > absoluteSeconds.value
    ? [`REVALIDATION_SECONDS must not be above ${absoluteSeconds.env}: no session would ever be confirmed`]
    : [];
}

/** Returns the settings in milliseconds; undefined if sessions are never confirmed. */
export function revalidationFrom({ revalidationSeconds, providerOutageSeconds }: Values) {
  return revalidationSeconds === 0
    ? undefined
    : { intervalMs: revalidationSeconds * 1000, outageMs: providerOutageSeconds * 1000 };
}
