import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@bff/testbed';
import { addressVariables } from '../../world/address-variables.ts';
import type { MeasuredTool } from '../../measured-product.ts';
import { product } from '../../product.ts';
import type { Target } from '../load/load-job.ts';
import { sessionSecret, type MeasuredUser } from '../cases/measured-users.ts';
import { publicUrl } from './issuer.ts';
import type { ServerPlan } from './server-process.ts';

const root = resolve(import.meta.dirname, '../../../../..');
const peers = resolve(import.meta.dirname, '../../peers');

export const peerNames = [
  'node-http',
  'fastify-bare',
  'fastify-usual',
  'express-axios',
  'express-usual',
  'apollo',
  'express-static',
] as const;
export type PeerName = (typeof peerNames)[number];
export type BffName = 'web-bff' | 'mobile-bff' | 'agent-bff';
/**
 * Name of a server. `before`: an older bundle of web-bff, for a comparison in the same run. `sources`,
 * `state`: our own screens without and with sessions (`peers/sources.ts`, `peers/state.ts`).
 */
export type ServerName = PeerName | BffName | 'before' | 'sources' | 'state';

/** Node flags with which the image starts a BFF (docker/Dockerfile). All servers are started with them. */
export const nodeFlags: readonly string[] = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--v8-pool-size=1',
];

/** Addresses that the servers of one measurement share. */
export interface ServerEnvironment {
  readonly upstreamUrl: string;
  readonly redisUrl: string;
  readonly tenantsFile: string;
  /** Settings of the identity provider. */
  readonly issuerEnv: Readonly<Record<string, string>>;
  /** Folder of V8's compile cache, which is filled before a bundle first starts, as in the image. */
  readonly compileCache: string;
  /** Path of the bundle that `before` runs. */
  readonly olderBundle?: string;
}

/** Signing key of internal tokens, generated for each run and shared by all replicas. */
const privateKey = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;
const [etagKey, cookieKey, clientSecret] = [48, 32, 32].map((bytes) =>
  randomBytes(bytes).toString('base64url'),
) as [string, string, string];

/** Returns the settings that a BFF requires in production, and no others. */
function production(at: ServerEnvironment, port: number, managementPort: number): Record<string, string> {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    MANAGEMENT_PORT: String(managementPort),
    PUBLIC_URL: publicUrl,
    CLIENT_SECRET: clientSecret,
    COOKIE_KEYS: cookieKey,
    ETAG_KEY: etagKey,
    INTERNAL_JWT_PRIVATE_KEY: privateKey,
    OAUTH_CLIENTS_FILE: resolve(root, 'apps/mobile-bff/demo-clients.json'),
    NODE_COMPILE_CACHE: at.compileCache,
    REDIS_URL: at.redisUrl,
    TENANTS_FILE: at.tenantsFile,
    BURST_LIMIT: '100000',
    DAILY_LIMIT: '1000000',
    ...at.issuerEnv,
    ...Object.fromEntries(Object.values(addressVariables).map((variable) => [variable, at.upstreamUrl])),
  };
}

/** Returns how to start a server on free ports, and its address. */
export async function planOf(
  name: ServerName,
  at: ServerEnvironment,
): Promise<{ plan: ServerPlan; origin: string }> {
  const [port, managementPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  if (!isBff(name)) {
    const env = {
      NODE_ENV: 'production',
      PORT: String(port),
      UPSTREAM_URL: at.upstreamUrl,
      REDIS_URL: at.redisUrl,
      SESSION_SECRET: sessionSecret,
    };
    return {
      origin,
      plan: { name, command: [...nodeFlags, resolve(peers, `${name}.ts`)], env, readyUrl: origin },
    };
  }
  const bundle =
    name === 'before' ? (at.olderBundle ?? '') : resolve(root, `apps/${name}/dist/bundle/main.js`);
  if (!existsSync(bundle)) throw new Error(`there is no ${bundle} to measure: run \`npm run build\` first`);
  const env = production(at, port, managementPort);
  await fillCompileCache(bundle, env);
  const readyUrl = `http://127.0.0.1:${managementPort}/readyz`;
  return { origin, plan: { name, command: [...nodeFlags, bundle], env, readyUrl } };
}

/** The compile caches that are filled or being filled, by folder and bundle. */
const filled = new Map<string, Promise<unknown>>();

/**
 * Fills the compile cache with the code that a warm-up runs, once per bundle (docker/Dockerfile). @throws {Error}
 * for a bundle that is older than this option: it would serve instead of exiting
 */
async function fillCompileCache(bundle: string, env: Readonly<Record<string, string>>): Promise<void> {
  const key = `${env['NODE_COMPILE_CACHE']} ${bundle}`;
  const filling =
    filled.get(key) ??
    promisify(execFile)(process.execPath, [...nodeFlags, bundle, '--warm-up'], {
      env: { PATH: process.env['PATH'], ...env },
      timeout: 60_000,
    });
  filled.set(key, filling);
  await filling;
}

const isBff = (name: ServerName): name is BffName | 'before' => name === 'before' || name.endsWith('-bff');

/** Returns a tool call to agent-bff as a client of the current MCP revision sends it. */
export function toolCallBy(user: MeasuredUser, { name, arguments: given }: MeasuredTool): Target {
  const clientInfo = { name: 'bench', version: '1.0.0' };
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return {
    method: 'POST',
    path: '/mcp',
    headers: {
      Accept: 'application/json, text/event-stream',
      'Content-Type': 'application/json',
      'MCP-Protocol-Version': revision,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
      Authorization: user.agentToken,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: given, _meta },
    }),
  };
}

/** Revision of the Model Context Protocol. */
const revision = '2026-07-28';

/** Returns a request for a screen as a real client of this server sends it. */
export function requestTo(
  name: ServerName,
  path: string,
  user: MeasuredUser,
  headers: Readonly<Record<string, string>> = {},
): Target {
  const common = { Accept: 'application/json', 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)', ...headers };
  if (name === 'web-bff' || name === 'before' || name === 'state')
    return {
      path,
      headers: { ...common, Cookie: user.cookie, 'X-CSRF': '1', 'Sec-Fetch-Site': 'same-origin' },
    };
  if (name === 'mobile-bff') return { path, headers: { ...common, Authorization: user.bearer } };
  if (name === 'fastify-usual' || name === 'express-usual')
    return { path, headers: { ...common, Authorization: user.jwt } };
  if (name === 'apollo')
    return {
      method: 'POST',
      path: '/graphql',
      headers: { ...common, 'Content-Type': 'application/json', 'X-User': user.id },
      body: JSON.stringify({ query: product.composed.graphql.query }),
    };
  return { path, headers: { ...common, 'X-User': user.id } };
}
