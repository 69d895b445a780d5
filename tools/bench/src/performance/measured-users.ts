import { createSessionStore, type SessionStoreOptions } from '@bff/auth-delegation';
import { createLogger, createRedisStore, type TenantId } from '@bff/service-kit';
import { succeeds, until } from '@bff/testbed';
import jwt from 'jsonwebtoken';

/** One logged-in user, and what clients of each server show for it. */
export interface MeasuredUser {
  readonly id: string;
  readonly cookie: string;
  readonly bearer: string;
  readonly jwt: string;
}

export const sessionSecret = 'the-secret-of-the-session-tokens-of-the-peers';
const issuer = 'https://idp.example';
const dayMs = 86_400_000;

/**
 * Logs users in where web-bff and mobile-bff look: their sessions are written to Redis by the lib that the apps use, as
 * a login would. The tenants take turns.
 */
export async function logIn(
  redisUrl: string,
  count: number,
  tenants: readonly string[],
): Promise<MeasuredUser[]> {
  const store = createRedisStore({
    url: redisUrl,
    log: createLogger('bench', 'silent'),
    commandTimeoutMs: 10_000,
  });
  await until(() => succeeds(store.ping()));
  const sessionsOf = (kind: SessionStoreOptions['kind']) =>
    createSessionStore({ store, kind, idleMs: dayMs, absoluteMs: dayMs });
  const [cookies, tokens] = [sessionsOf('session'), sessionsOf('token')];
  const now = Math.floor(Date.now() / 1_000);
  try {
    return await Promise.all(
      Array.from({ length: count }, async (_, at): Promise<MeasuredUser> => {
        const id = `u${at}`;
        const home = (tenants[at % tenants.length] ?? '') as TenantId;
        const facts = {
          home,
          issuer,
          subject: id,
          tenants: [home],
          roles: ['user'],
          authTime: now,
          issuedAt: now,
        };
        const [cookie, token] = await Promise.all([
          cookies.create(facts),
          tokens.create({ ...facts, clientId: 'mobile-app' }),
        ]);
        return {
          id,
          cookie: `__Host-bff=${cookie.handle}`,
          bearer: `Bearer ${token.handle}`,
          jwt: `Bearer ${jwt.sign({ sub: id, tid: home, roles: ['user'] }, sessionSecret, { expiresIn: '1d' })}`,
        };
      }),
    );
  } finally {
    await store.close();
  }
}
