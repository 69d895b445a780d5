import { createHash, timingSafeEqual } from 'node:crypto';

/** A user; the user id is the user name. */
export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly tenants: readonly [string, ...string[]];
  readonly roles: readonly string[];
}

/** Claims about a user; `tid` is a string for one tenant and an array for several. */
export interface UserClaims {
  readonly sub: string;
  readonly tid: string | readonly string[];
  readonly roles: readonly string[];
  readonly name: string;
  readonly email: string;
}

function user(name: string, tenants: DemoUser['tenants'], ...roles: string[]): DemoUser {
  const id = name.toLowerCase().replaceAll(' ', '-');
  return { id, name, email: `${id}@${tenants[0]}.example`, tenants, roles: ['user', ...roles] };
}

function numberedUsers(tenant: string, size: number): DemoUser[] {
  const title = tenant[0]?.toUpperCase() + tenant.slice(1);
  return Array.from({ length: size }, (_, index) =>
    user(`${title} User ${String(index + 1).padStart(3, '0')}`, [tenant]),
  );
}

const users = new Map(
  [
    user('Alice', ['acme'], 'admin'),
    user('Bob', ['acme']),
    user('Gina', ['globex']),
    user('Max', ['acme', 'globex']),
    ...numberedUsers('acme', 120),
    ...numberedUsers('globex', 100),
  ].map((known) => [known.id, known]),
);

export function findDemoUser(id: string): DemoUser | undefined {
  return users.get(id);
}

export function claimsOf({ id, tenants, roles, name, email }: DemoUser): UserClaims {
  return { sub: id, tid: tenants.length === 1 ? tenants[0] : tenants, roles, name, email };
}

/** Returns the claims about a user that an access token has in addition to those of RFC 9068. */
export function accessClaimsOf(user: DemoUser): Record<string, unknown> {
  const { tid, roles } = claimsOf(user);
  return { tid, roles };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const passwordHash = sha256('demo');

/** Returns the user if name and password are right. */
export function signIn(username: string, password: string): DemoUser | undefined {
  const right = timingSafeEqual(sha256(password), passwordHash);
  return right ? findDemoUser(username) : undefined;
}
