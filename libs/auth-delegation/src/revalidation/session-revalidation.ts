import { createRenewalTokens, type RenewalTokensOptions } from './renewal-tokens.ts';
import { createRevalidation, type Revalidation, type RevalidationOptions } from './revalidation.ts';
import { revalidationFrom } from './revalidation-settings.ts';

export interface SessionRevalidationOptions
  extends
    Omit<RevalidationOptions, 'intervalMs' | 'outageMs' | 'tokens'>,
    Pick<RenewalTokensOptions, 'keys' | 'app' | 'maxLength'> {}

/** Creates the configured revalidation of an app; undefined if sessions are never confirmed. */
export function sessionRevalidation(
  settings: Parameters<typeof revalidationFrom>[0],
  { keys, app, maxLength, ...options }: SessionRevalidationOptions,
): Revalidation | undefined {
  const revalidating = revalidationFrom(settings);
  if (revalidating === undefined) return undefined;
  const { now } = options;
  const tokens = createRenewalTokens({
    keys,
    app,
    ...(maxLength !== undefined && { maxLength }),
    ...(now && { now }),
  });
  return createRevalidation({ ...options, ...revalidating, tokens });
}
