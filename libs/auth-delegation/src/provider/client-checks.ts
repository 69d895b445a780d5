import { createRelyingParty, type RelyingParty, type RelyingPartyOptions } from '../login/relying-party.ts';
import { diagnoseRefusal, sentenceFor, sentenceOf } from './diagnosis.ts';
import type { ProviderCheck } from './provider-check.ts';
import type { ProviderFetch } from './provider-fetch.ts';

type Options = Omit<RelyingPartyOptions, 'replayStore'>;

/** Whether the app logs users in; otherwise it only verifies tokens. */
export const isClient = ({ clientSecret, clientKey }: Options): boolean =>
  clientSecret !== undefined || clientKey !== undefined;

/** How the provider treats us as its client. */
export async function clientChecks(
  options: Options,
  fetch: ProviderFetch | undefined,
): Promise<ProviderCheck[]> {
  if (!isClient(options)) return [];
  const party = createRelyingParty({ ...options, replayStore: noStore });
  return [await clientCheck(options, party), await redirectCheck(options, party, fetch)];
}

/** A code that cannot be right: a provider that knows the client says so, and one that does not says that. */
async function clientCheck({ issuer, clientId }: Options, party: RelyingParty): Promise<ProviderCheck> {
  const name = 'client authentication';
  const refusal = await party.probeClient();
  if (refusal === undefined) return { name, result: 'ok', found: clientId };
  return { name, result: 'failed', found: sentenceFor(refusal, issuer) };
}

/** What a provider says to a browser that is not logged in there (OpenID Connect Core 1.0, section 3.1.2.6). */
const needsUser = /^(?:login|interaction|consent|account_selection)_required$/;

/**
 * A login without a user: a provider that knows client and address sends the browser back, with an error; any other may
 * not (RFC 6749, section 4.1.2.1), and then nobody here hears of it.
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

/** Never called: the client is probed without a login. */
const noStore = undefined as never;
