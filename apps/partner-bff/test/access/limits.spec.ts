import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRedis, type TestRedis } from '@bff/testbed';
import { anyScreen, current } from '../any-screen.ts';
import { withoutLimits, startRig, type Rig } from '../rig.ts';

/** A window of about an hour, which does not end during a test. */
const windowSeconds = [3600, 3607, 3613].find((seconds) => seconds - ((Date.now() / 1000) % seconds) > 120)!;
const limits = { BURST_WINDOW_SECONDS: String(windowSeconds), DAILY_LIMIT: '100000', ...withoutLimits };
const path = anyScreen;

describe('T4 quotas in one process', () => {
  let rig: Rig;
  const folder = mkdtempSync(join(tmpdir(), 'partner-limits-'));
  beforeAll(async () => {
    const file = join(folder, 'tenants.json');
    const fields = { blocked: ['ssn'] };
    writeFileSync(
      file,
      JSON.stringify({
        tenants: [
          { id: 'acme', name: 'Acme', status: 'active', fields },
          {
            id: 'globex',
            name: 'Globex',
            status: 'active',
            fields,
            quotas: { burst: { limit: 5, windowSeconds }, daily: { limit: 6, windowSeconds: 86_400 } },
          },
        ],
      }),
    );
    rig = await startRig({ ...limits, BURST_LIMIT: '2', TENANTS_FILE: file });
  });
  afterAll(async () => {
    await rig.close();
    rmSync(folder, { recursive: true });
  });

  test('every answer states the remaining quota, and requests beyond the quota get 429 without an upstream call', async () => {
    const seen = [];
    for (let i = 0; i < 3; i++) seen.push(await rig.ask(path));
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(seen[0]!.headers.get('ratelimit-policy')).toBe(
      `"burst";q=2;w=${windowSeconds}, "daily";q=100000;w=86400`,
    );
    expect(seen.map(({ headers }) => headers.get('ratelimit'))).toEqual([
      expect.stringMatching(/^"burst";r=1;t=\d+, "daily";r=99999;t=\d+$/),
      expect.stringMatching(/^"burst";r=0;t=\d+, "daily";r=99998;t=\d+$/),
      expect.stringMatching(/^"burst";r=0;t=\d+$/),
    ]);
    const { headers, body } = seen[2]!;
    expect(body).toMatchObject({
      type: '/problems/quota-exceeded',
      status: 429,
      detail: 'The burst quota is used up.',
    });
    const t = Number(/t=(\d+)/.exec(headers.get('ratelimit')!)![1]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(t);
    const before = rig.calls();
    expect((await rig.ask(`${current}/nothing`)).status).toBe(429);
    expect(rig.calls()).toBe(before);
  });

  test('another client of the tenant has its own quota', async () => {
    const { access_token } = rig.world.idp.control.devToken({ user: 'alice', audience: 'partner-bff' });
    const { status, headers } = await rig.ask(path, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect([status, headers.get('ratelimit')]).toEqual([200, expect.stringMatching(/^"burst";r=1;/)]);
  });

  test('the quotas of a tenant are read from the directory', async () => {
    const seen = [];
    for (let i = 0; i < 6; i++) seen.push(await rig.ask(path, { client: 'globex-crm' }));
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(seen[0]!.headers.get('ratelimit-policy')).toBe(
      `"burst";q=5;w=${windowSeconds}, "daily";q=6;w=86400`,
    );
  });

  test('public documents need no token and use no quota', async () => {
    for (let i = 0; i < 5; i++) expect((await fetch(`${rig.service.url}/openapi.json`)).status).toBe(200);
  });
});

describe('T4 quotas of three replicas with one Redis', () => {
  let redis: TestRedis;
  let rig: Rig;
  beforeAll(async () => {
    redis = await startRedis();
    rig = await startRig({ ...limits, BURST_LIMIT: '100', REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await rig.close();
    await redis.close();
  });

  test('three replicas together admit exactly 100 of a burst of 1,000 requests, and another partner is not affected', async () => {
    const others = [await rig.replica(), await rig.replica()];
    const doors = [rig.service.url, ...others.map(({ url }) => url)];
    await Promise.all(doors.map((at) => ready(at)));
    const statuses = await burst(1_000, (index) => rig.ask(path, { at: doors[index % 3]! }));
    const byStatus = Map.groupBy(statuses, (status) => status);
    expect([...byStatus].map(([status, all]) => [status, all.length]).sort()).toEqual([
      [200, 100],
      [429, 900],
    ]);
    expect((await rig.ask(path, { client: 'globex-crm' })).status).toBe(200);
  }, 60_000);

  test('falls back to local quotas, without a 5xx, when Redis is down or frozen', async () => {
    await redis.kill();
    const gone = await burst(150, () => rig.ask(path, { client: 'globex-crm' }));
    expect([...new Set(gone)].sort()).toEqual([200, 429]);
    expect(gone.filter((status) => status === 200)).toHaveLength(100);

    await redis.start();
    const { url } = await rig.replica();
    await ready(url);
    redis.pause();
    for (let i = 0; i < 3; i++)
      expect((await rig.ask(path, { client: 'globex-crm', at: url })).status).toBe(200);
    redis.resume();
  }, 60_000);

  /**
   * Sends requests, of which at most 50 wait for an answer at a time: the test and its replicas are one process, which
   * answers 503 when it is overloaded. Returns the statuses.
   */
  async function burst(
    count: number,
    send: (index: number) => Promise<{ readonly status: number }>,
  ): Promise<number[]> {
    const statuses: number[] = [];
    let sent = 0;
    const sendOneByOne = async (): Promise<void> => {
      while (sent < count) statuses.push((await send(sent++)).status);
    };
    await Promise.all(Array.from({ length: 50 }, sendOneByOne));
    return statuses;
  }

  async function ready(at: string): Promise<void> {
    expect((await rig.ask('/openapi.json', { at })).status).toBe(200);
  }
});
