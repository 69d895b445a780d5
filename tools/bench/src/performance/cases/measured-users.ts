import { createLogger, createRedisStore } from '@bff/service-kit';
import { succeeds, until } from '@bff/testbed';
import jwt from 'jsonwebtoken';
import type { Issuer } from '../servers/issuer.ts';
import { cookieOf, loginOf, sessionsIn } from '../../peers/own-sessions.ts';

/** A logged-in user with the credentials for each server. */
export interface MeasuredUser {
  readonly id: string;
  readonly cookie: string;
  readonly bearer: string;
  readonly jwt: string;
  /** Access token of an agent that acts for the user. */
  readonly agentToken: string;
}

export interface LoginPlan {
  readonly redisUrl: string;
  readonly issuer: Pick<Issuer, 'accessTokenOf'>;
  /** Number of users. */
  readonly count: number;
  readonly tenants: readonly string[];
}

export const sessionSecret = 'the-secret-of-the-session-tokens-of-the-peers';

/**
 * Creates sessions of users for web-bff and mobile-bff, and their access tokens for agent-bff. Writes the
 * sessions to Redis with the lib that the apps use, as a login would. Users are spread evenly over the tenants.
 */
export async function logIn({ redisUrl, issuer, count, tenants }: LoginPlan): Promise<MeasuredUser[]> {
  const store = createRedisStore({
    url: redisUrl,
    log: createLogger('bench', 'silent'),
    commandTimeoutMs: 10_000,
  });
  await until(() => succeeds(store.ping()));
  const [cookies, tokens] = [sessionsIn(store, 'session'), sessionsIn(store, 'token')];
  try {
    return await Promise.all(
      Array.from({ length: count }, async (_, at): Promise<MeasuredUser> => {
        const id = `u${at}`;
        const facts = loginOf(id, tenants[at % tenants.length] ?? '');
        const [cookie, token] = await Promise.all([
          cookies.create(facts),
          tokens.create({ ...facts, clientId: 'mobile-app' }),
        ]);
        return {
          id,
          cookie: cookieOf(cookie.handle),
          bearer: `Bearer ${token.handle}`,
          jwt: `Bearer ${jwt.sign({ sub: id, tid: facts.home, roles: ['user'] }, sessionSecret, { expiresIn: '1d' })}`,
          agentToken: `Bearer ${issuer.accessTokenOf(id, facts.home)}`,
        };
      }),
    );
  } finally {
    await store.close();
  }
}

/**
 * Logs the same users in at a server whose state is in its own memory; returns them with the cookies of that
 * server. @throws {Error} when a login fails
 */
export async function logInAt(origin: string, users: readonly MeasuredUser[]): Promise<MeasuredUser[]> {
  const there: MeasuredUser[] = [];
  for (const user of users) {
    const { headers, status } = await fetch(`${origin}/login`, {
      method: 'POST',
      headers: { 'X-User': user.id },
    });
    const cookie = headers.get('Set-Cookie');
    if (cookie === null) throw new Error(`a login was answered with ${status}`);
    there.push({ ...user, cookie });
  }
  return there;
}
