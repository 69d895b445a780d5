import { createHash, randomBytes } from 'node:crypto';
import { createBrowser, loginThroughForm, type Browser } from '@bff/dev-idp';

export interface MobileBffLogin {
  /** Origin of mobile-bff: its PUBLIC_URL, where that differs from the address it listens on. */
  readonly url: string;
  /** A demo user. */
  readonly username: string;
  /** Password of the user. Default `demo`. */
  readonly password?: string;
  /** Client id of the app. Default `demo-app`. */
  readonly clientId?: string;
  /** A redirect URI of the client, at which nothing listens. Default: a loopback address. */
  readonly redirectUri?: string;
  /** Browser that holds the sessions of provider and BFF. Default: a new one. */
  readonly browser?: Browser;
}

const random = (): string => randomBytes(32).toString('base64url');

export interface MobileBffTokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

/**
 * Logs a user in as a native app.
 * @returns the header field that the app sends with every later call; see {@link tokensOfMobileBff}
 */
export async function loginToMobileBff(options: MobileBffLogin): Promise<{ readonly Authorization: string }> {
  const { access_token: token } = await tokensOfMobileBff(options);
  return { Authorization: `Bearer ${token}` };
}

/**
 * Logs a user in as a native app: authorization code with PKCE, through the provider's login form. The
 * browser does not follow the final redirect to the app.
 *
 * @throws {Error} with the error that the app receives, when the login issues no token
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
  if (atProvider.leavesTo === undefined)
    throw new Error(`mobile-bff did not redirect to the provider (status ${atProvider.status})`);
  const callback = await loginThroughForm({
    authorizationUrl: atProvider.leavesTo,
    username,
    password,
    browser,
  });
  const { leavesTo, status } = await browser.open(callback);
  if (leavesTo === undefined) throw new Error(`mobile-bff did not redirect to the app (status ${status})`);
  const answer = new URL(leavesTo).searchParams;
  const code = answer.get('code');
  if (code === null || answer.get('state') !== state)
    throw new Error(`the app got no code (${answer.get('error') ?? 'the state differs'})`);

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
  if (tokens.access_token === undefined) throw new Error(`the app got no token (${tokens.error})`);
  return tokens as MobileBffTokens;
}
