import type { KeycloakServer } from './server.ts';

export interface AdminClient {
  /**
   * Calls a path relative to the realms, such as `bff/users`. @throws {Error} with Keycloak's answer for a
   * status of 400 or more
   */
  call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Creates a resource by POST. @returns its id */
  create(path: string, body: unknown): Promise<string>;
}

const tokenMs = 30_000;

/** Creates a client of Keycloak's Admin REST API, logged in as the administrator. */
export function createAdmin({ url, admin }: Pick<KeycloakServer, 'url' | 'admin'>): AdminClient {
  let token = '';
  let fetchedAt = -Infinity;

  async function authorization(): Promise<string> {
    if (performance.now() - fetchedAt > tokenMs) {
      const answer = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...admin }),
      });
      token = ((await answer.json()) as { readonly access_token: string }).access_token;
      fetchedAt = performance.now();
    }
    return `Bearer ${token}`;
  }

  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${url}/admin/realms/${path}`, {
      method,
      headers: { Authorization: await authorization(), 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`${method} ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return answer;
  }

  return {
    async call<Answer>(method: string, path: string, body?: unknown) {
      const text = await (await send(method, path, body)).text();
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    },
    async create(path, body) {
      const { headers } = await send('POST', path, body);
      return headers.get('Location')?.split('/').at(-1) ?? '';
    },
  };
}
