import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AdminClient } from './admin.ts';

/** The recipe of docs/identity-providers.md. */
const recipe = resolve(import.meta.dirname, '../../../../../docs/keycloak-realm.json');

interface Client {
  readonly id: string;
  readonly clientId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A realm created by the recipe, and the actions of its administrator. */
export interface Realm {
  readonly name: string;
  readonly issuer: string;
  secretOf(clientId: string): Promise<string>;
  /** Adds a user with the password `demo`. @returns the id of the user */
  addUser(user: NewUser): Promise<string>;
  /** Calls a path below the realm, such as `users/{id}/logout`. */
  call<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Creates a resource at a path below the realm. @returns its id */
  create(path: string, body: unknown): Promise<string>;
  changeClient(clientId: string, change: object): Promise<void>;
  /** Adds attributes to a client. */
  changeClientAttributes(clientId: string, attributes: Readonly<Record<string, string>>): Promise<void>;
}

export interface NewUser {
  readonly username: string;
  readonly tenants: readonly string[];
  readonly roles?: readonly string[];
}

export interface RealmOptions {
  readonly admin: AdminClient;
  readonly keycloakUrl: string;
  readonly name: string;
  /** Origin that replaces `https://web.example.com` in the recipe; `mobile`: `https://mobile.example.com`. */
  readonly web: string;
  readonly mobile: string;
  /** Origin that replaces `https://agents.example.com` in the recipe. */
  readonly agents: string;
}

/** Creates a realm from the recipe alone, like "Create realm" in Keycloak's console. */
export async function createRealm(options: RealmOptions): Promise<Realm> {
  const { admin, keycloakUrl, name, web, mobile, agents } = options;
  const text = readFileSync(recipe, 'utf8')
    .replaceAll('https://web.example.com', web)
    .replaceAll('https://mobile.example.com', mobile)
    .replaceAll('https://agents.example.com', agents);
  await admin.create('', { ...(JSON.parse(text) as object), realm: name });

  async function clientOf(clientId: string): Promise<Client> {
    const [client] = await admin.call<readonly Client[]>('GET', `${name}/clients?clientId=${clientId}`);
    if (!client) throw new Error(`the recipe defines no client ${clientId}`);
    return client;
  }
  const changeClient = async (clientId: string, change: object): Promise<void> => {
    const client = await clientOf(clientId);
    await admin.call('PUT', `${name}/clients/${client.id}`, { ...client, ...change });
  };

  return {
    name,
    issuer: `${keycloakUrl}/realms/${name}`,
    call: (method, path, body) => admin.call(method, `${name}/${path}`, body),
    create: (path, body) => admin.create(`${name}/${path}`, body),
    changeClient,
    async secretOf(clientId) {
      const { id } = await clientOf(clientId);
      return (await admin.call<{ value: string }>('GET', `${name}/clients/${id}/client-secret`)).value;
    },
    async addUser({ username, tenants, roles = ['user'] }) {
      const id = await admin.create(`${name}/users`, {
        ...{ username, enabled: true, firstName: username, lastName: 'Example' },
        ...{ email: `${username}@example.com`, emailVerified: true },
        attributes: { tid: tenants },
        credentials: [{ type: 'password', value: 'demo' }],
      });
      const known = await admin.call<readonly { name: string }[]>('GET', `${name}/roles`);
      const chosen = known.filter((role) => roles.includes(role.name));
      await admin.call('POST', `${name}/users/${id}/role-mappings/realm`, chosen);
      return id;
    },
    async changeClientAttributes(clientId, attributes) {
      const client = await clientOf(clientId);
      await changeClient(clientId, { attributes: { ...client.attributes, ...attributes } });
    },
  };
}
