import { expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  addressVariable,
  clientName,
  get,
  service,
  servicesOf,
  type ServiceRegistry,
} from '../../src/index.ts';

const declared = (name: string, audience?: string) =>
  service(
    name,
    { address: 'http://127.0.0.1:1', ...(audience && { audience }) },
    { read: get('/a', { response: z.object({}) }) },
  );

test('registered services are listed in alphabetical order, however they are declared', () => {
  const [zebra, apple, flightStatus] = [declared('zebra'), declared('apple'), declared('flight-status')];
  const names = (registry: ServiceRegistry) => servicesOf(registry).map(({ name }) => name);
  expect(names({ zebra, apple, flightStatus })).toEqual(['apple', 'flight-status', 'zebra']);
  expect(names({ flightStatus, apple, zebra })).toEqual(['apple', 'flight-status', 'zebra']);
  expect(names({})).toEqual([]);
});

test.each([
  ['thing', 'thing', 'THING_SERVICE_URL'],
  ['flight-status', 'flightStatus', 'FLIGHT_STATUS_SERVICE_URL'],
  ['a-b-2c', 'aB2c', 'A_B_2C_SERVICE_URL'],
])('a service %s is the client %s and has its address in %s', (name, client, variable) => {
  expect([clientName(name), addressVariable(name)]).toEqual([client, variable]);
  expect(servicesOf({ [client]: declared(name) })).toHaveLength(1);
});

test.each([
  ['thing', 'things', 'thing'],
  ['flight-status', 'flight-status', 'flightStatus'],
  ['flight-status', 'flightstatus', 'flightStatus'],
])('a service %s that is registered as %s throws and names %s', (name, key, right) => {
  const attempt = () => servicesOf({ [key]: declared(name) });
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(
    `service "${name}" is registered as "${key}", but must be registered as "${right}"`,
  );
});

test('two services with one audience throw and are both named', () => {
  const registry = { one: declared('one', 'same'), two: declared('two', 'same') };
  expect(() => servicesOf(registry)).toThrow(TypeError);
  expect(() => servicesOf(registry)).toThrow('services "one" and "two" have the audience "same"');
});

test.each([
  {},
  { read: get('/a', { response: z.object({}) }) },
  'thing',
  7,
  () => undefined,
  null,
  undefined,
])('a registry with %j in place of a service throws and names it', (thing) => {
  const attempt = () => servicesOf({ thing } as unknown as ServiceRegistry);
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow('"thing" is registered as a service, but is not made by service()');
});

test('a module that exports services is a registry', async () => {
  const module = await import('../registered-services.ts');
  expect(servicesOf(module).map(({ name }) => name)).toEqual(['other', 'thing']);
});
