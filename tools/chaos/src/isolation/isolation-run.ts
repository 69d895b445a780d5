import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { startFleet } from '../fleet/fleet.ts';
import { logInToEveryBff, otherThan, tenants, type BffAccess, type Headers } from './bff-access.ts';
import { searchForLeaks, type Evidence, type Findings } from './leak-search.ts';
import { provePlantedLeaks } from './planted-leaks.ts';
import { markerOf, startPlantedServices } from './planted-services.ts';
import { product } from '../product.ts';
import { redisEvidence } from './redis-evidence.ts';
import { serviceNames } from '../fleet/services.ts';
import { endpointPath } from '../load/agent-client.ts';
import type { HttpClient } from '../broken-product.ts';
import { createAgentIsolation } from './agent-isolation.ts';

const { isolation } = product;

export interface IsolationReport extends Findings {
  readonly requests: number;
  /** Number of answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Number of tool calls by agents that succeeded. */
  readonly toolResults: number;
  readonly upstreamCalls: number;
  readonly logLines: number;
  readonly redisEntries: number;
  /** Number of Redis entries that belong to the response cache, which the replicas share. */
  readonly cacheEntries: number;
  /** Upstream calls whose token and tenant header disagreed. */
  readonly confused: readonly string[];
  /** Answers that accepted another tenant's entity tag, cursor or idempotency key. */
  readonly crossed: readonly string[];
  readonly proof: { readonly found: number; readonly planted: number };
}

/**
 * Sends requests as both tenants to everything that stores state. Then searches the output and the stored
 * data of each tenant, and the logs, for markers that must not be there.
 */
export async function runIsolation(rounds = 2): Promise<IsolationReport> {
  const evidence: Evidence[] = [];
  const crossed: string[] = [];
  const statuses: Record<string, number> = {};
  let logLines = 0;
  const planted = await startPlantedServices();
  const [{ fields }] = product.tenants;
  const fleet = await startFleet({
    replicas: 1,
    upstreams: planted.urls,
    env: { LOG_LEVEL: 'trace', BURST_LIMIT: '100000' },
    tenants: { tenants: tenants.map((id) => ({ id, name: id, status: 'active', fields })) },
    onLine(name, line) {
      logLines += 1;
      evidence.push({ where: `a log line of ${name}`, owner: 'nobody', bytes: Buffer.from(line) });
    },
  });

  async function tell(
    door: BffAccess,
    tenant: string,
    path: string,
    headers: Headers = {},
    method = 'GET',
    body?: string,
  ) {
    const asked = request(door.origin + path, { method, headers: { ...door.as[tenant], ...headers } });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const bytes = await buffer(answer);
    const where = `${method} ${door.name}${path} ${JSON.stringify(headers)}`;
    evidence.push(
      { where, owner: tenant, bytes },
      { where: `head of ${where}`, owner: tenant, bytes: Buffer.from(answer.rawHeaders.join('\n')) },
    );
    const status = answer.statusCode ?? 0;
    statuses[status] = (statuses[status] ?? 0) + 1;
    return { status, headers: answer.headers, text: bytes.toString() };
  }

  /**
   * Requests every variant of every screen as both tenants concurrently, so that coalescing across tenants
   * would be detected.
   */
  async function readAll(door: BffAccess<HttpClient>): Promise<void> {
    for (const path of door.paths) {
      const and = path.includes('?') ? '&' : '?';
      const forms: [string, Headers][] = [
        [path, {}],
        [`${path}${and}fields=${isolation.fields}`, {}],
        [path, { 'Accept-Encoding': 'gzip' }],
        [path, { 'Accept-Encoding': 'br' }],
        [path, { 'Accept-Encoding': 'zstd' }],
        ...(door.name === 'web' ? [[`${path}${and}shape=flat`, {}] satisfies [string, Headers]] : []),
      ];
      const tags = {} as Record<string, string>;
      for (const [form, headers] of forms)
        await Promise.all(
          [...tenants, ...tenants].map(async (tenant) => {
            const { headers: answered } = await tell(door, tenant, form, headers);
            if (form === path && Object.keys(headers).length === 0) tags[tenant] = answered.etag ?? '';
          }),
        );
      for (const tenant of tenants) {
        await tell(door, tenant, path, { 'If-None-Match': tags[tenant] ?? '' });
        await tell(door, tenant, path, {}, 'HEAD');
        const foreign = tags[otherThan(tenant)] ?? '';
        if (foreign === '') continue;
        if ((await tell(door, tenant, path, { 'If-None-Match': foreign })).status === 304)
          crossed.push(`${door.name}${path}: 304 for a tag of the other tenant`);
        if (door.name !== 'mobile') continue;
        const { status } = await tell(door, tenant, path, { 'A-IM': 'json-patch', 'If-None-Match': foreign });
        if (status !== 200) crossed.push(`${path}: ${status} for a base of the other tenant`);
      }
    }
  }

  async function syncAll(mobile: BffAccess): Promise<void> {
    const tags = new Map<string, string>();
    const sync = async (): Promise<void> => {
      for (const path of mobile.paths)
        await Promise.all(
          tenants.map(async (tenant) => {
            const key = tenant + path;
            const base = tags.get(key);
            const { headers } = await tell(mobile, tenant, path, {
              'A-IM': 'json-patch',
              ...(base && { 'If-None-Match': base }),
            });
            tags.set(key, headers.etag ?? base ?? '');
          }),
        );
    };
    await sync();
    planted.advance();
    // Waits until cached answers are stale: the services allow caching for one second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await sync();
    await sync();
  }

  async function writeAll(door: BffAccess<HttpClient>): Promise<void> {
    const isPartner = door.name === 'partner';
    const { pathOf, patchMember } = isolation.document;
    const [document, action] = [pathOf(door.name), isolation.actionOf(door.name)];
    const origin: Headers = door.name === 'web' ? { Origin: door.origin } : {};
    // Both tenants use the same key: a stored answer of one must not be replayed to the other.
    const key: Headers = isPartner ? { 'Idempotency-Key': '"one-key-for-both"' } : {};
    for (const round of [1, 2])
      for (const tenant of tenants) {
        const { headers } = await tell(door, tenant, document);
        const type = { 'Content-Type': 'application/merge-patch+json', 'If-Match': headers.etag ?? '' };
        const patch = JSON.stringify({ [patchMember]: `${markerOf(tenant)} ${isPartner ? 1 : round}` });
        await tell(door, tenant, document, { ...origin, ...key, ...type }, 'PATCH', patch);
        await tell(
          door,
          tenant,
          action,
          { ...origin, ...(isPartner && { 'Idempotency-Key': '"read"' }) },
          'POST',
        );
        await tell(door, tenant, document);
      }
  }

  async function failAll(door: BffAccess<HttpClient>): Promise<void> {
    for (const service of serviceNames) {
      planted.break(service);
      for (const path of door.paths) await Promise.all(tenants.map((tenant) => tell(door, tenant, path)));
      planted.heal();
    }
    for (const tenant of tenants) {
      await tell(door, tenant, isolation.unknownOf(door.name));
      await tell(door, tenant, `${door.paths[0]}?fields=__proto__`);
      await tell(door, tenant, '/nowhere');
      if (door.name !== 'partner')
        await tell(door, tenant, door.paths[0] ?? '', { 'X-Tenant-ID': 'unknown' });
    }
  }

  async function turnPages(partner: BffAccess): Promise<void> {
    const { path, cursor } = isolation.page;
    const cursors = await Promise.all(
      tenants.map(async (tenant) =>
        String(
          (JSON.parse((await tell(partner, tenant, path)).text) as Record<string, string | undefined>)[
            cursor
          ],
        ),
      ),
    );
    for (const [index, tenant] of tenants.entries()) {
      await tell(partner, tenant, `${path}&cursor=${cursors[index]}`);
      const { status } = await tell(partner, tenant, `${path}&cursor=${cursors[1 - index]}`);
      if (status !== 400) crossed.push(`a cursor of the other tenant: ${status}`);
    }
  }

  try {
    const { web, mobile, partner, agent } = await logInToEveryBff(fleet);
    const agents = createAgentIsolation({
      send: async (tenant, { method, headers, body }) =>
        (await tell(agent, tenant, endpointPath, headers, method, body)).text,
      crossed,
    });
    let [redisEntries, cacheEntries] = [0, 0];
    const look = async (): Promise<void> => {
      const found = await redisEvidence(fleet.redis);
      redisEntries += found.length / 2;
      cacheEntries += found.filter(({ where }) => /^Redis key \{.*\}:cache:/.test(where)).length;
      evidence.push(...found);
    };
    for (let round = 0; round < rounds; round += 1) {
      for (const door of [web, mobile, partner]) await readAll(door);
      await agents.readAll();
      await look();
      await syncAll(mobile);
      await turnPages(partner);
      for (const door of [web, mobile, partner]) await writeAll(door);
      await agents.writeAll();
      await look();
      for (const door of [web, mobile, partner]) await failAll(door);
      for (const service of serviceNames) {
        planted.break(service);
        await agents.failAll();
        planted.heal();
      }
      await look();
    }
    const csrf = { Origin: web.origin };
    const [first = ''] = tenants;
    await tell(web, first, '/auth/session');
    await tell(web, first, '/auth/sessions');
    await tell(web, first, '/auth/logout', csrf, 'POST');
    for (const tenant of tenants) await tell(web, tenant, web.paths[0] ?? '');
    await look();
    const proof = await provePlantedLeaks(fleet.redis);
    const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0);
    const facts = {
      requests,
      statuses,
      toolResults: agents.results(),
      upstreamCalls: planted.calls(),
      logLines,
      redisEntries,
      cacheEntries,
      confused: planted.confused,
      crossed,
      proof,
    };
    return { ...searchForLeaks(evidence), ...facts };
  } finally {
    await fleet.close();
    await planted.close();
  }
}
