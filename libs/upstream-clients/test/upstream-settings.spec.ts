import { afterEach, expect, test } from '@jest/globals';
import { createMemoryStore, readSettings, type Environment } from '@bff/service-kit';
import { z } from 'zod';
import {
  addressesFrom,
  get,
  service,
  upstreamSettings,
  upstreamSettingsErrors,
  upstreamsFrom,
} from '../src/index.ts';
import { bulkheadDefaults } from '../src/resilience/bulkhead-settings.ts';
import { sendJson } from './upstreams.ts';
import { createWorld, otherId, scopeOf, services } from './world.ts';

const world = createWorld();
afterEach(world.end);

const read = (env: Environment) => readSettings(upstreamSettings(services), env, upstreamSettingsErrors);

test('in development each service has the address that it declares', () => {
  expect(upstreamsFrom(services, read({}))).toMatchObject({
    addresses: { thing: 'http://127.0.0.1:8080', other: 'http://127.0.0.1:8081' },
  });
});

test('an address variable that is set replaces the declared address', () => {
  const env = { THING_SERVICE_URL: 'http://thing.test' };
  expect(addressesFrom(services, read(env))).toEqual({
    thing: 'http://thing.test',
    other: 'http://127.0.0.1:8081',
  });
});

test('in production one error names the variable of every missing service address', () => {
  expect(() => read({ NODE_ENV: 'production' })).toThrow(/OTHER_SERVICE_URL[^]*THING_SERVICE_URL/);
});

test('a service named flight-status has the client flightStatus, the address setting FLIGHT_STATUS_SERVICE_URL and the audience flight-status-service', async () => {
  const audiences: (string | undefined)[] = [];
  const upstream = await world.http(({ headers }, response) => {
    audiences.push(headers.authorization);
    sendJson(response, {});
  });
  const flightStatus = service(
    'flight-status',
    { address: 'http://127.0.0.1:1' },
    { read: get('/flights/{flight}', { response: z.object({}) }) },
  );
  const registry = { flightStatus };
  const settings = upstreamSettings(registry);
  expect(settings.flightStatusServiceUrl).toMatchObject({
    env: 'FLIGHT_STATUS_SERVICE_URL',
    developmentDefault: 'http://127.0.0.1:1',
    meaning: 'base address of flight-status-service',
  });
  const values = readSettings(settings, { FLIGHT_STATUS_SERVICE_URL: upstream.address });
  expect(values.flightStatusServiceUrl).toBe(upstream.address);
  const { addresses = {} } = upstreamsFrom(registry, values);
  expect(addresses).toEqual({ 'flight-status': upstream.address });
  const { clients, breakers } = world.clientsOf(registry, 'http://127.0.0.1:1', { addresses });
  expect(await clients.flightStatus.read(scopeOf(), { flight: 'LH1' })).toMatchObject({ kind: 'value' });
  expect(audiences).toEqual(['Bearer token-for-flight-status-service']);
  expect(breakers()).toEqual([{ upstream: 'flight-status', operation: 'read', state: 'closed' }]);
});

test('upstream settings that are unset have the defaults of the library, and settings that are set are passed on', () => {
  expect(upstreamsFrom(services, read({}))).toMatchObject({
    cache: { maxBytes: 16_777_216, staleIfErrorMs: 600_000 },
    bulkhead: bulkheadDefaults,
    retries: 1,
  });
  const env = {
    UPSTREAM_CACHE_BYTES: '0',
    UPSTREAM_STALE_IF_ERROR_MS: '1000',
    UPSTREAM_MAX_CONCURRENT: '10',
    UPSTREAM_MAX_QUEUED: '0',
    UPSTREAM_RETRIES: '0',
  };
  expect(upstreamsFrom(services, read(env))).toMatchObject({
    cache: { maxBytes: 0, staleIfErrorMs: 1_000 },
    bulkhead: { maxConcurrent: 10, maxQueued: 0 },
    retries: 0,
  });
});

test('a store that replicas share is used for the shared cache, even if the store is not Redis', async () => {
  const memory = createMemoryStore();
  const shared = { ...memory, isShared: true };
  const options = upstreamsFrom(services, read({}), shared);
  expect(options.cache?.store).toBe(shared);

  let version = 0;
  const upstream = await world.http((_, response) =>
    sendJson(response, { label: `v${++version}` }, { 'Cache-Control': 'max-age=600' }),
  );
  const { cache = {} } = options;
  const replica = () => world.clients(upstream.address, { cache }).clients.other;
  const [one, two] = [replica(), replica()];
  await one.read(scopeOf({ identityKey: 'u1' }), { otherId });
  // The store is not read until an upstream has allowed this process to reuse an answer.
  await two.read(scopeOf({ identityKey: 'u1' }), { otherId: 'other-2' });
  expect(await two.read(scopeOf({ identityKey: 'u1' }), { otherId })).toMatchObject({
    value: { label: 'v1' },
    cache: 'hit',
  });
  expect(version).toBe(2);
});

test('a store that is not shared is not used for the shared cache', () => {
  expect(upstreamsFrom(services, read({}), createMemoryStore()).cache).not.toHaveProperty('store');
});

test('one error names every invalid upstream setting', () => {
  const env = { UPSTREAM_MAX_CONCURRENT: '0', UPSTREAM_RETRIES: '9', UPSTREAM_CACHE_BYTES: '10' };
  expect(() => read(env)).toThrow(
    /CONCURRENT must be at least 1[^]*RETRIES must be at most 3[^]*CACHE_BYTES must be 0 or/,
  );
});
