import type { TlsFiles } from '../config/tls-settings.ts';

/** Parsed value of `REDIS_URL`. */
export type RedisAddress = {
  /** TLS options; undefined for a connection without TLS. */
  readonly tls: TlsFiles | undefined;
} & (
  | { readonly kind: 'single'; readonly url: string }
  | { readonly kind: 'cluster'; readonly urls: readonly string[] }
  | {
      readonly kind: 'sentinel';
      readonly sentinels: readonly { readonly host: string; readonly port: number }[];
      /** Name of the master in the sentinels' configuration. */
      readonly name: string;
      readonly username: string | undefined;
      readonly password: string | undefined;
      readonly db: number;
    }
);

const server = 'rediss?://[^,]+';
/** A host is a name, an IPv4 address, or an IPv6 address in brackets. */
const node = String.raw`(?:\[[\da-fA-F:.]+\]|[^\s,/@:[\]]+)(?::\d{1,5})?`;
const sentinel = String.raw`(rediss?)\+sentinel://(?:([^\s@/]*)@)?(${node}(?:,${node})*)/([\w.-]+)(?:/(\d{1,5}))?`;
const sentinelSyntax = new RegExp(`^${sentinel}$`);
const defaultSentinelPort = 26_379;

const syntax = new RegExp(`^(?:${server}(?:,${server})*|${sentinel})$`);

export function isRedisAddress(text: string): boolean {
  try {
    return parseRedisAddress(text) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Parses `redis://...`, several of them for a cluster, or
 * `redis+sentinel://[user:password@]host[:26379],host2/master[/db]`; `rediss` for TLS. User and password are
 * sent to the Redis servers, not to the sentinels.
 * @throws {TypeError} when the text is invalid; the message does not contain it
 */
export function parseRedisAddress(text: string): RedisAddress {
  try {
    const match = sentinelSyntax.exec(text);
    if (match) return sentinelAddress(match);
    if (syntax.test(text)) return serverAddress(text.split(',').map(checked));
  } catch {
    // Not rethrown: errors about ports above 65535 and broken %-encoding quote the text, which contains the
    // password.
  }
  throw new TypeError('not an address of Redis');
}

function serverAddress([url = '', ...others]: readonly string[]): RedisAddress {
  const tls = url.startsWith('rediss:') ? {} : undefined;
  return others.length === 0
    ? { kind: 'single', url, tls }
    : { kind: 'cluster', urls: [url, ...others], tls };
}

function checked(url: string): string {
  const { username, password } = new URL(url);
  decodeURIComponent(username + password);
  return url;
}

function sentinelAddress([
  ,
  scheme,
  credentials,
  nodes = '',
  name = '',
  db = '0',
]: RegExpExecArray): RedisAddress {
  const [username, password] = credentials?.split(/:(.*)/s, 2) ?? [];
  return {
    kind: 'sentinel',
    sentinels: nodes.split(',').map((each) => {
      const { hostname, port } = new URL(`redis://${each}`);
      return {
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? defaultSentinelPort : Number(port),
      };
    }),
    name,
    username: username ? decodeURIComponent(username) : undefined,
    password: password ? decodeURIComponent(password) : undefined,
    db: Number(db),
    tls: scheme === 'rediss' ? {} : undefined,
  };
}
