import { createRelyingParty, type RelyingParty, type RelyingPartyOptions } from '../login/relying-party.ts';
import { diagnoseRefusal, sentenceFor, sentenceOf } from './diagnosis.ts';
import type { ProviderCheck } from './provider-check.ts';
import type { ProviderFetch } from './provider-fetch.ts';

type Options = Omit<RelyingPartyOptions, 'replayStore'>;

/** Returns whether the app logs users in; otherwise it only verifies tokens. */
export const isClient = ({ clientSecret, clientKey }: Options): boolean =>
  clientSecret !== undefined || clientKey !== undefined;

/** Checks that the provider accepts the credentials and the redirect URI of this client. */
export async function clientChecks(
  options: Options,
  fetch: ProviderFetch | undefined,
): Promise<ProviderCheck[]> {
  if (!isClient(options)) return [];
  const party = createRelyingParty({ ...options, replayStore: noStore });
  return [await clientCheck(options, party), await redirectCheck(options, party, fetch)];
}

/** Redeems an invalid code: the error shows whether the provider accepts the client's credentials. */
async function clientCheck({ issuer, clientId }: Options, party: RelyingParty): Promise<ProviderCheck> {
  const name = 'client authentication';
  const refusal = await party.probeClient();
  if (refusal === undefined) return { name, result: 'ok', found: clientId };
  return { name, result: 'failed', found: sentenceFor(refusal, issuer) };
}

/** Errors for a browser without a session at the provider (OpenID Connect Core 1.0, section 3.1.2.6). */
const needsUser = /^(?:login|interaction|consent|account_selection)_required$/;

/**
 * Starts a login without a user. A provider that knows the client and its redirect URI redirects to that URI
 * with an error. A provider that does not know them must not redirect to it (RFC 6749, section 4.1.2.1). It
 * should respond with an error status; with any other response the result is only a warning.
 */
async function redirectCheck(
  { issuer, redirectUri }: Options,
  party: RelyingParty,
  fetchFromProvider: ProviderFetch | undefined,
): Promise<ProviderCheck> {
  const name = 'redirect address';
  const settings = 'see PUBLIC_URL, CLIENT_ID';
  try {
    const { url } = await party.begin({ prompt: 'none' });
    const answer = await (fetchFromProvider ?? fetch)(url, { redirect: 'manual' });
    await answer.body?.cancel();
    const location = answer.headers.get('Location');
    if (location?.startsWith(`${redirectUri}?`)) {
      const error = new URL(location).searchParams.get('error');
      if (error === null || needsUser.test(error)) return { name, result: 'ok', found: redirectUri };
      return { name, result: 'failed', found: sentenceOf(diagnoseRefusal(error)) };
    }
    const isRefused = answer.status >= 400;
    return isRefused
      ? { name, result: 'failed', found: `status ${answer.status} to ${redirectUri}; ${settings}` }
      : {
          name,
          result: 'warning',
          found: `the provider did not send the browser back to ${redirectUri}; ${settings}`,
        };
  } catch (error) {
    return { name, result: 'failed', found: sentenceFor(error, issuer) };
  }
}

/** Never used, because the checks verify no logout token. */
const noStore = undefined as never;
