import { afterEach, expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';
import { createWorld } from './world.ts';

const world = createWorld();
afterEach(world.end);

test('the index exports the names that apps and services may use', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'addressVariable',
    'addressesFrom',
    'clientName',
    'createFakeUpstreams',
    'createUpstreamClients',
    'del',
    'get',
    'info',
    'jsonObject',
    'jsonSchemaOf',
    'patch',
    'plain',
    'post',
    'put',
    'sampleOf',
    'service',
    'servicesOf',
    'upstreamSettings',
    'upstreamSettingsErrors',
    'upstreamsFrom',
  ]);
});

test('the clients have a call for each declared operation, and each operation starts with a closed breaker', () => {
  const { clients, breakers } = world.clients('http://127.0.0.1:1');
  const operations = Object.entries(clients).flatMap(([upstream, client]) =>
    Object.entries(client).map(([operation, call]) => {
      expect(typeof call).toBe('function');
      return { upstream, operation, state: 'closed' };
    }),
  );
  expect(operations.map(({ upstream, operation }) => `${upstream}.${operation}`)).toEqual([
    'other.read',
    'thing.read',
    'thing.list',
    'thing.count',
    'thing.settings',
    'thing.changeSettings',
    'thing.markSeen',
  ]);
  expect(breakers()).toEqual(operations);
});
