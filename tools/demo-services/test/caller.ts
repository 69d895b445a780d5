import { createHmac, sign, type KeyObject } from 'node:crypto';
import { developmentSecret } from '../src/index.ts';

export interface TokenOptions {
  readonly sub?: string;
  readonly tid?: string;
  readonly secret?: string;
  /** Signs with ES256 instead. */
  readonly privateKey?: KeyObject;
  /** Overrides any claim; undefined removes it. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1000);

/**
 * Signs a token without a JWT library, so that tests can create tokens that a library would refuse to sign.
 */
export function token(aud: string, options: TokenOptions = {}): string {
  const { sub = 'alice', tid = 'acme', secret = developmentSecret, privateKey, claims, header } = options;
  const payload = {
    sub,
    tid,
    roles: ['user'],
    jti: 'j1',
    iss: 'bff-auth',
    aud,
    azp: 'web-bff',
    iat: seconds(),
    exp: seconds() + 300,
    ...claims,
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(payload)}`;
  const signature = privateKey
    ? sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    : createHmac('sha256', secret).update(signed).digest();
  return `${signed}.${signature.toString('base64url')}`;
}

export interface As extends TokenOptions {
  readonly roles?: readonly string[];
}

/** Returns the header fields of a BFF that calls on behalf of `as`. */
export function headersOf(aud: string, { roles = ['user'], claims, ...as }: As = {}): Record<string, string> {
  return {
    Authorization: `Bearer ${token(aud, { ...as, claims: { roles, ...claims } })}`,
    'X-Internal-BFF': 'true',
    'X-Tenant-ID': as.tid ?? 'acme',
  };
}

export interface Reply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface Target {
  readonly name: string;
  readonly url: string;
}

/** Calls a service over the network. `T` is the body that the test expects. */
export async function call<T>(
  { name, url }: Target,
  path: string,
  as: As = {},
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply<T>> {
  const response = await fetch(url + path, { ...init, headers: { ...headersOf(name, as), ...init.headers } });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
}
