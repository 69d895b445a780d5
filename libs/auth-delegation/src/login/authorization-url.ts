import type { Logger } from '@bff/service-kit';
import {
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  type Configuration,
  type ServerMetadata,
} from 'openid-client';
import { diagnose } from '../provider/diagnosis.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';

export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

export interface AuthorizationUrlOptions {
  readonly issuer: string;
  /** Pushes authorization requests (RFC 9126) even if the provider's metadata does not require it. */
  readonly pushesAuthorizationRequests?: boolean;
  readonly log?: Logger | undefined;
}

/**
 * Returns the URL that starts a login. @throws {ProviderUnavailable} when the request has to be pushed and is
 * not accepted
 */
export async function authorizationUrl(
  configuration: Configuration,
  parameters: Readonly<Record<string, string>>,
  { issuer, pushesAuthorizationRequests = false, log }: AuthorizationUrlOptions,
): Promise<URL> {
  const metadata = configuration.serverMetadata();
  if (!pushesAuthorizationRequests && metadata.require_pushed_authorization_requests !== true)
    return buildAuthorizationUrl(configuration, parameters);
  try {
    return await buildAuthorizationUrlWithPAR(configuration, parameters);
  } catch (cause) {
    const diagnosis =
      metadata.pushed_authorization_request_endpoint === undefined
        ? { reason: 'no endpoint for pushed requests', setting: 'PUSHED_AUTHORIZATION_REQUESTS' }
        : diagnose(cause, issuer);
    log?.warn(diagnosis, 'authorization request could not be pushed');
    throw new ProviderUnavailable('the authorization request could not be pushed', { cause });
  }
}

/**
 * Returns the prompt; `login` instead of `select_account` if the provider does not support the latter,
 * because the login page also lets a user choose another account.
 */
export function supportedPrompt(
  prompt: Prompt,
  { prompt_values_supported: supported }: ServerMetadata,
): string {
  const isMissing = Array.isArray(supported) && !supported.includes(prompt);
  return prompt === 'select_account' && isMissing ? 'login' : prompt;
}
