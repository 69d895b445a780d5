import { createSyncClient, createWriteQueue, type SyncStorage } from '@bff/diff-sync/client';

/* Script of an app in a web view. The tests bundle it, and run it in a browser. */

const storage: SyncStorage = {
  get: async (key) => localStorage.getItem(key) ?? undefined,
  set: async (key, value) => localStorage.setItem(key, value),
  delete: async (key) => localStorage.removeItem(key),
};
const clientId = 'demo-app';
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

interface Metadata {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

/** @param bff origin of mobile-bff @param redirectUri where the system browser hands the code to the app */
function createApp(bff: string, redirectUri: string) {
  const [verifier, state] = [random(), random()];
  let headers: Record<string, string> = {};
  const client = createSyncClient({ storage, fetch: (url, init) => fetch(url, init) });
  const writes = createWriteQueue({
    storage,
    fetch: (url, init) => fetch(url, init),
    settled: () => undefined,
    resolve: ({ write }) => write.body,
  });
  const discover = async (): Promise<Metadata> =>
    (await (await fetch(`${bff}/.well-known/openid-configuration`)).json()) as Metadata;

  return {
    /** Returns the address that the system browser opens. */
    async authorizationUrl(): Promise<string> {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        code_challenge: base64url(new Uint8Array(digest)),
        code_challenge_method: 'S256',
        state,
      });
      return `${(await discover()).authorization_endpoint}?${query}`;
    },
    /** @returns the access token */
    async finishLogin(callback: string): Promise<string> {
      const answered = new URL(callback).searchParams;
      if (answered.get('state') !== state) throw new Error('a callback of another login');
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: redirectUri,
        code: answered.get('code') ?? '',
        code_verifier: verifier,
      });
      const answer = await fetch((await discover()).token_endpoint, { method: 'POST', body });
      const { access_token: token } = (await answer.json()) as { readonly access_token: string };
      headers = { Authorization: `Bearer ${token}` };
      return token;
    },
    async refresh(path: string) {
      const { view, outcome, status } = await client.refresh(bff + path, { headers });
      return { view, outcome, status };
    },
    async patch(path: string, changes: Record<string, string>): Promise<number> {
      await writes.patch(bff + path, changes);
      return (await writes.flush({ headers })).left;
    },
  };
}

export type WebViewApp = ReturnType<typeof createApp>;
Object.assign(globalThis, { createApp });
