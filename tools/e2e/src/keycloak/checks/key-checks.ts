import { logInOnPhone } from '../clients/phone.ts';
import { expectStatus, signOutAtProvider, untilOut, type Check } from './looks.ts';
import type { Realm } from '../provider/realm.ts';
import { logInToWeb } from '../clients/web-user.ts';

interface Key {
  readonly providerId: string;
  readonly use: string;
  readonly algorithm: string;
  readonly status: string;
}
type KeyConfig = Readonly<Record<string, readonly string[]>>;

const clients = ['web-bff', 'mobile-bff'] as const;

async function addKey(realm: Realm, providerId: string, config: KeyConfig): Promise<void> {
  const { id } = await realm.call<{ id: string }>('GET', '');
  await realm.create('components', {
    name: `${providerId} ${Date.now()}`,
    providerType: 'org.keycloak.keys.KeyProvider',
    parentId: id,
    providerId,
    config: { priority: [String(Math.floor(Date.now() / 1000))], ...config },
  });
}

/** Adds a new signing key, and withdraws the previous one from the key set. */
async function replaceKey(realm: Realm): Promise<void> {
  const { keys } = await realm.call<{ keys: readonly Key[] }>('GET', 'keys');
  const former = keys.filter(
    (key) => key.use === 'SIG' && key.algorithm === 'RS256' && key.status === 'ACTIVE',
  );
  await addKey(realm, 'rsa-generated', { algorithm: ['RS256'] });
  for (const { providerId } of former) await realm.call('DELETE', `components/${providerId}`);
}

/**
 * Checks the worst case of a key replacement: the BFF has just fetched the key set for a login, and the first
 * token signed by the new key is a logout token.
 */
export const replacedKey: Check = {
  name: 'The signing key is replaced between a login and a logout, twice in a row',
  async run({ realm, world }) {
    const seconds: string[] = [];
    for (const username of ['key-1', 'key-2']) {
      const userId = await realm.addUser({ username, tenants: ['acme'] });
      const web = await logInToWeb({ origin: world.web, username });
      await replaceKey(realm);
      await signOutAtProvider(realm, userId);
      seconds.push(await untilOut(() => web.look(), 3_000));
    }
    return `logged out after ${seconds.join(' and ')}`;
  },
};

export const signedWith = (algorithm: string, providerId: string, config: KeyConfig): Check => ({
  name: `A realm that signs with ${algorithm}`,
  async run({ realm, world }) {
    await addKey(realm, providerId, config);
    const sign = async (name: string): Promise<void> => {
      for (const client of clients)
        await realm.changeClientAttributes(client, { 'id.token.signed.response.alg': name });
    };
    await sign(algorithm);
    try {
      const username = `signed-${algorithm.toLowerCase()}`;
      const userId = await realm.addUser({ username, tenants: ['acme'] });
      const web = await logInToWeb({ origin: world.web, username });
      const phone = await logInOnPhone(world.mobile, username);
      expectStatus('the refresh', await phone.refresh(), 200);
      await signOutAtProvider(realm, userId);
      return `logged in and refreshed; logged out after ${await untilOut(() => web.look(), 3_000)}`;
    } finally {
      await sign('');
    }
  },
});
