import { setNewPassword } from '../clients/account.ts';
import { createCookieClient } from '../clients/http-browser.ts';
import type { Realm } from '../provider/realm.ts';
import type { WebUser } from '../clients/web-user.ts';

/** A user with one session on the web and one on a phone. */
export interface Subject {
  readonly userId: string;
  readonly username: string;
  readonly web: WebUser;
  /** Origin of web-bff. */
  readonly origin: string;
}

/** A way in which the provider or the user ends sessions. */
export interface Ending {
  readonly name: string;
  /** Clients whose session must end. The others have separate sessions at the provider, which continue. */
  readonly ends: readonly ('web' | 'mobile')[];
  act(realm: Realm, subject: Subject): Promise<void>;
  /** Undoes the change that `act` made to the realm. */
  undo?(realm: Realm): Promise<void>;
}

const both = ['web', 'mobile'] as const;
const epochSeconds = (): number => Math.floor(Date.now() / 1000);

interface ProviderSession {
  readonly id: string;
  readonly clients: Readonly<Record<string, string>>;
}

/**
 * Returns the session of a user and a client at the provider, for `DELETE /sessions/{id}` of the Admin API.
 * @throws {Error} when there is none
 */
async function sessionOf(realm: Realm, { userId }: Subject, clientId: string): Promise<ProviderSession> {
  const all = await realm.call<readonly ProviderSession[]>('GET', `users/${userId}/sessions`);
  const found = all.find(({ clients }) => Object.values(clients).includes(clientId));
  if (!found) throw new Error(`no session of ${clientId} at the provider`);
  return found;
}

async function offlineSessionOf(realm: Realm, { userId }: Subject, clientId: string): Promise<string> {
  const [client] = await realm.call<readonly { id: string }[]>('GET', `clients?clientId=${clientId}`);
  const [found] = await realm.call<readonly { id: string }[]>(
    'GET',
    `users/${userId}/offline-sessions/${client?.id}`,
  );
  if (!found) throw new Error(`no offline session of ${clientId} at the provider`);
  return found.id;
}

const temporaryPassword = 'made by an administrator';

async function resetPassword(realm: Realm, { userId }: Subject): Promise<void> {
  const credential = { type: 'password', value: temporaryPassword, temporary: true };
  await realm.call('PUT', `users/${userId}/reset-password`, credential);
}

/** Endings that are measured concurrently, each with its own user. */
export const endingsOfOneUser: readonly Ending[] = [
  {
    name: 'the user logs out at web-bff',
    ends: ['web'],
    act: (_realm, { web }) => web.logout(),
  },
  {
    name: 'the user logs out at the provider',
    ends: ['web'],
    async act(realm, { web }) {
      const page = await web.browser.open(`${realm.issuer}/protocol/openid-connect/logout`);
      await web.browser.submit(page);
    },
  },
  {
    name: 'an administrator ends the session of the web',
    ends: ['web'],
    async act(realm, subject) {
      const { id } = await sessionOf(realm, subject, 'web-bff');
      await realm.call('DELETE', `sessions/${id}?isOffline=false`);
    },
  },
  {
    name: 'an administrator ends the offline session of the phone',
    ends: ['mobile'],
    async act(realm, subject) {
      const id = await offlineSessionOf(realm, subject, 'mobile-bff');
      await realm.call('DELETE', `sessions/${id}?isOffline=true`);
    },
  },
  {
    name: 'an administrator signs the user out of all sessions',
    ends: both,
    act: async (realm, { userId }) => void (await realm.call('POST', `users/${userId}/logout`)),
  },
  {
    name: 'the user is disabled',
    ends: both,
    act: async (realm, { userId }) => void (await realm.call('PUT', `users/${userId}`, { enabled: false })),
  },
  {
    name: 'the user is deleted',
    ends: both,
    act: async (realm, { userId }) => void (await realm.call('DELETE', `users/${userId}`)),
  },
  {
    name: 'an administrator resets the password',
    // Neither session ends: Keycloak keeps its sessions and their refresh tokens when the password changes.
    ends: [],
    act: resetPassword,
  },
  {
    name: 'the user sets another password and signs out of other devices',
    ends: both,
    async act(realm, subject) {
      await resetPassword(realm, subject);
      const { headers } = await createCookieClient().call('GET', `${subject.origin}/auth/login`);
      await setNewPassword(headers.location ?? '', subject.username, temporaryPassword);
    },
  },
  {
    name: 'the user is moved to another tenant',
    ends: both,
    async act(realm, { userId }) {
      const user = await realm.call<object>('GET', `users/${userId}`);
      await realm.call('PUT', `users/${userId}`, { ...user, attributes: { tid: ['globex'] } });
    },
  },
];

/** Endings that are measured one after the other, because they affect all users. */
export const endingsOfTheRealm: readonly Ending[] = [
  {
    name: 'everybody is signed out of the realm',
    ends: both,
    act: async (realm) => void (await realm.call('POST', 'logout-all')),
  },
  {
    name: 'not-before of the realm is set to now',
    ends: both,
    async act(realm) {
      await realm.call('PUT', '', { notBefore: epochSeconds() });
      await realm.call('POST', 'push-revocation');
    },
    undo: async (realm) => void (await realm.call('PUT', '', { notBefore: 0 })),
  },
  {
    name: "the provider's session times out",
    // The phone stays logged in, because it has an offline session with a longer lifetime.
    ends: ['web'],
    act: async (realm) => void (await realm.call('PUT', '', { ssoSessionMaxLifespan: 1 })),
    undo: async (realm) => void (await realm.call('PUT', '', { ssoSessionMaxLifespan: 36_000 })),
  },
  {
    name: "the provider's offline session times out",
    ends: ['mobile'],
    act: async (realm) =>
      void (await realm.call('PUT', '', {
        ...{ offlineSessionMaxLifespanEnabled: true, offlineSessionMaxLifespan: 1 },
      })),
    undo: async (realm) =>
      void (await realm.call('PUT', '', {
        ...{ offlineSessionMaxLifespanEnabled: false, offlineSessionMaxLifespan: 5_184_000 },
      })),
  },
];
