import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import {
  bffPlan,
  loginToWebBff,
  startProcess,
  worldPlans,
  worldPorts,
  type RunningProcess,
} from '../../src/index.ts';
import { freeWorld } from '../../src/world/free-world.ts';

interface Seen {
  readonly status: number;
  readonly ms: number;
  readonly degraded: readonly {
    readonly source: string;
    readonly reason: string;
    readonly fallback: string;
    readonly age_ms?: number;
  }[];
  readonly cacheStatus: string | null;
}

const running = new Map<string, RunningProcess>();
let url: string;
let headers: Record<string, string>;

beforeAll(async () => {
  const at = worldPorts(await freeWorld());
  for (const plan of [...worldPlans(at), bffPlan('web-bff', at)]) {
    // loyalty-service forbids caching, so that its data is lost at once.
    const env = plan.name === 'loyalty-service' ? { ...plan.env, CACHE_CONTROL: 'no-store' } : plan.env;
    running.set(plan.name, startProcess({ ...plan, env }));
  }
  await Promise.all([...running.values()].map(({ ready }) => ready));
  headers = { ...(await loginToWebBff({ url: `http://localhost:${at.web.port}`, username: 'alice' })) };
  url = `http://localhost:${at.web.port}/api/profile`;
}, 60_000);
afterAll(async () => void (await Promise.all([...running.values()].map((each) => each.stop()))));

async function ask(): Promise<Seen> {
  const begun = performance.now();
  const answer = await fetch(url, { headers });
  const { _meta } = (await answer.json()) as { _meta: Pick<Seen, 'degraded'> };
  return {
    status: answer.status,
    ms: performance.now() - begun,
    degraded: _meta.degraded,
    cacheStatus: answer.headers.get('cache-status'),
  };
}

test('A4 while a service is down, every page is answered and names the lost source, and the breaker opens after at most three failures', async () => {
  expect(await ask()).toMatchObject({ status: 200, degraded: [] });
  running.get('loyalty-service')?.child.kill('SIGKILL');
  const seen: Seen[] = [];
  while (seen.length < 20) seen.push(await ask());
  expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200));
  expect(seen.map(({ degraded }) => degraded.map(({ source }) => source))).toEqual(
    seen.map(() => ['loyalty']),
  );
  // A retry counts as a failure of its own, so that only two or three answers are delayed.
  const reasons = seen.map(({ degraded }) => degraded[0]?.reason);
  const opened = reasons.indexOf('open');
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThanOrEqual(3);
  // Once the breaker is open, only occasional trial calls reach the service and fail.
  const later = reasons.slice(opened);
  expect(reasons.slice(0, opened)).toEqual(Array.from({ length: opened }, () => 'error'));
  expect(later.filter((reason) => reason === 'open').length).toBeGreaterThan(later.length / 2);
  expect(later.filter((reason) => reason !== 'open' && reason !== 'error')).toEqual([]);
}, 30_000);

test('A7 while a service that allows caching is killed, the cached answer is served with its age', async () => {
  expect((await ask()).cacheStatus).toContain('user;hit');
  running.get('order-service')?.child.kill('SIGKILL');
  const ordersOf = ({ degraded }: Seen) => degraded.find(({ source }) => source === 'orders');
  const seen = await until(async () => {
    const answer = await ask();
    if (ordersOf(answer)) return answer;
    expect(answer.cacheStatus).toContain('orders;hit');
    return undefined;
  });
  expect(seen.status).toBe(200);
  expect(ordersOf(seen)).toMatchObject({ fallback: 'stale', age_ms: expect.any(Number) });
  expect(seen.cacheStatus).toContain('orders;fwd=stale;detail=stale-if-error');
}, 30_000);
