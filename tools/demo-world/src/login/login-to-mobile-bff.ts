import { createHash, randomBytes } from 'node:crypto';
import { createBrowser, loginThroughForm, type Browser } from '@bff/dev-idp';

export interface MobileBffLogin {
  /** The origin of mobile-bff; where it is listening and its PUBLIC_URL differ, the latter. */
  readonly url: string;
  /** A demo user. */
  readonly username: string;
  /** Default `demo`. */
  readonly password?: string;
  /** Default `demo-app`. */
  readonly clientId?: string;
  /** One of the client. Nothing listens there. Default a loopback address. */
  readonly redirectUri?: string;
  /** Keeps the sessions of provider and BFF. Default a new one. */
  readonly browser?: Browser;
}

const random = (): string => randomBytes(32).toString('base64url');

export interface MobileBffTokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

/** @returns what the app sends with every call from then on; see {@link tokensOfMobileBff} */
export async function loginToMobileBff(options: MobileBffLogin): Promise<{ readonly Authorization: string }> {
  const { access_token: token } = await tokensOfMobileBff(options);
  return { Authorization: `Bearer ${token}` };
}

/**
 * Logs a user in as a native app does: authorization code and PKCE, through the provider's login form. The browser stops
 * where it would be sent back into the app.
 *
 * @throws {Error} when the login ends without a token, with the reason that the app is given
 */
export async function tokensOfMobileBff(options: MobileBffLogin): Promise<MobileBffTokens> {
  const { url, username, password = 'demo', clientId = 'demo-app', browser = createBrowser() } = options;
  const { redirectUri = 'http://127.0.0.1:49200/callback' } = options;
  const [verifier, state] = [random(), random()];
  const authorizationRequest = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
  });
  const atProvider = await browser.open(`${url}/oauth/authorize?${authorizationRequest}`);
  if (atProvider.leavesTo === undefined) throw new Error(`no way to the provider (${atProvider.status})`);
  const callback = await loginThroughForm({
    authorizationUrl: atProvider.leavesTo,
    username,
    password,
    browser,
  });
  const { leavesTo, status } = await browser.open(callback);
  if (leavesTo === undefined) throw new Error(`no way back into the app (${status})`);
  const answer = new URL(leavesTo).searchParams;
  const code = answer.get('code');
  if (code === null || answer.get('state') !== state)
    throw new Error(`no code for the app (${answer.get('error') ?? 'the state is another'})`);

  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      code,
    }),
  });
  const tokens = (await response.json()) as Partial<MobileBffTokens> & { readonly error?: string };
  if (tokens.access_token === undefined) throw new Error(`no token for the app (${tokens.error})`);
  return tokens as MobileBffTokens;
}
