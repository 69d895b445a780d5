import { createHash, randomBytes } from 'node:crypto';
import { createBrowser, loginThroughForm } from '@bff/dev-idp';
import type { Presence } from './web-user.ts';

/** An app or a device with tokens of mobile-bff. */
export interface Phone {
  /** Requests a screen, and refreshes the token as an OAuth client does. */
  look(): Promise<Presence>;
  /** Requests a screen at another replica, without reacting to its answer. */
  lookAt(origin: string): Promise<Presence>;
  /** @returns the status of the token endpoint */
  refresh(): Promise<number>;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly error?: string;
}

const redirectUri = 'http://127.0.0.1:49200/callback';
const random = (): string => randomBytes(32).toString('base64url');

const post = (url: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.timeout(20_000) });

/** Logs in as a native app: authorization code with PKCE, through Keycloak's form. */
export async function logInOnPhone(
  origin: string,
  username: string,
  browser = createBrowser(),
): Promise<Phone> {
  const [verifier, state] = [random(), random()];
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'demo-app',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
  });
  const { leavesTo: authorizationUrl = '' } = await browser.open(`${origin}/oauth/authorize?${query}`);
  const back = await loginThroughForm({ authorizationUrl, username, password: 'demo', browser });
  const landed = await browser.open(back);
  const code = new URL(landed.leavesTo ?? origin).searchParams.get('code');
  if (code === null) throw new Error(`callback: ${landed.status} ${landed.leavesTo ?? landed.html}`);
  const answer = await post(`${origin}/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: 'demo-app',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    code,
  });
  return phoneWith(origin, 'demo-app', await tokensOf(answer));
}

/** Connects a device without a browser (RFC 8628) with the browser of the user. */
export async function connectDevice(origin: string, username: string): Promise<Phone> {
  const begun = await post(`${origin}/oauth/device_authorization`, { client_id: 'demo-tv' });
  const device = (await begun.json()) as { device_code: string; verification_uri_complete: string };
  const browser = createBrowser();
  const asked = await browser.submit(await browser.open(device.verification_uri_complete));
  if (asked.leavesTo === undefined) throw new Error(`device page: ${asked.status} ${asked.html}`);
  const back = await loginThroughForm({
    authorizationUrl: asked.leavesTo,
    username,
    password: 'demo',
    browser,
  });
  await browser.submit(await browser.open(back), { decision: 'approve' });
  const answer = await post(`${origin}/oauth/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: 'demo-tv',
    device_code: device.device_code,
  });
  return phoneWith(origin, 'demo-tv', await tokensOf(answer));
}

async function tokensOf(answer: Response): Promise<Tokens> {
  const tokens = (await answer.json()) as Tokens;
  if (tokens.access_token === undefined) throw new Error(`token endpoint: ${answer.status} ${tokens.error}`);
  return tokens;
}

function phoneWith(origin: string, clientId: string, first: Tokens): Phone {
  let tokens = first;
  /** Services that do not know the user answer 404, so only 401 means that the session has ended. */
  const screen = async (at: string): Promise<number> => {
    const headers = { Authorization: `Bearer ${tokens.access_token}` };
    const answer = await fetch(`${at}/api/home`, { headers, signal: AbortSignal.timeout(20_000) });
    await answer.body?.cancel();
    return answer.status;
  };

  async function refresh(): Promise<number> {
    const answer = await post(`${origin}/oauth/token`, {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: tokens.refresh_token ?? '',
    });
    const next = (await answer.json()) as Tokens;
    if (answer.ok) tokens = next;
    return answer.status;
  }

  return {
    refresh,
    async look() {
      const status = await screen(origin);
      if (status !== 401) return status < 500 ? 'in' : 'unknown';
      const refreshed = await refresh();
      return refreshed === 200 ? 'in' : refreshed === 400 ? 'out' : 'unknown';
    },
    async lookAt(other) {
      const status = await screen(other);
      return status === 401 ? 'out' : status < 500 ? 'in' : 'unknown';
    },
  };
}
