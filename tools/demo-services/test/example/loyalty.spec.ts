import type { InternalClaims } from '@bff/auth-delegation';
import { expect, test } from '@jest/globals';
import { createLogger } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { openDatabase } from '../../src/data/database.ts';
import { startDemoService } from '../../src/index.ts';
import { loyaltyFake } from '../../src/fakes/loyalty.ts';
import { logNormal, seededRandom } from '../../src/random.ts';
import { seedTier } from '../../src/data/seed.ts';
import { call } from '../caller.ts';
import { startFakes } from './start-fakes.ts';

const tier = '/api/v1/users/alice/tier';

test('returns the tier of the tenant’s user, and 404 for a user of another tenant', async () => {
  const { services, close } = await startFakes();
  expect((await call(services.loyalty, tier)).body).toEqual({ tier: seedTier('acme', 'alice') });
  expect((await call(services.loyalty, tier, { tid: 'globex' })).body).toEqual({
    tier: seedTier('globex', 'alice'),
  });
  expect((await call(services.loyalty, '/api/v1/users/gina/tier', { sub: 'gina' })).status).toBe(404);
  await close();
});

test('answers are delayed around the median in slowDelayMs', async () => {
  // The numbers 0.75 and 0.25 make the normal variate 0, which gives exactly the median.
  let draws = 0;
  const random = (): number => (draws++ % 2 === 0 ? 0.75 : 0.25);
  const service = await startDemoService('loyalty-service', { slowDelayMs: 80, random });
  const start = performance.now();
  expect((await call(service, tier)).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  await service.close();
});

test('closing the service does not wait for a slow answer', async () => {
  const service = await startDemoService('loyalty-service', { slowDelayMs: 60_000, random: () => 0.5 });
  const answer = call(service, tier).catch(() => 'cut');
  await until(() => service.calls()['/api/v1/users/:id/tier'] !== 0);
  await service.close();
  expect(await answer).toBe('cut');
});

test('A3 a delay ends when the client disconnects', async () => {
  const database = openDatabase(':memory:', 'loyalty-service', loyaltyFake);
  const handle = loyaltyFake.routes[0]!.prepare({
    database,
    random: () => 0.5,
    slowDelayMs: 60_000,
    log: createLogger('test', 'silent'),
  });
  const caller = { sub: 'alice', tid: 'acme' } as InternalClaims;
  const abort = new AbortController();
  const answer = handle({
    caller,
    id: 'alice',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.of(),
    signal: abort.signal,
  });
  abort.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  database.close();
});

test('log-normal delays with the median 60 ms have a tail to 400 ms', () => {
  const random = seededRandom('tail');
  const delays = Array.from({ length: 20_000 }, () => logNormal(random, 60, 0.65)).sort((a, b) => a - b);
  expect(delays[10_000]).toBeGreaterThan(58);
  expect(delays[10_000]).toBeLessThan(62);
  const late = delays.filter((delay) => delay > 400).length / delays.length;
  expect(late).toBeGreaterThan(0.0005);
  expect(late).toBeLessThan(0.004);
});
