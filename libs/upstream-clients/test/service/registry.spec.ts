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
])('a service named %s has the client %s and the address setting %s', (name, client, variable) => {
  expect([clientName(name), addressVariable(name)]).toEqual([client, variable]);
  expect(servicesOf({ [client]: declared(name) })).toHaveLength(1);
});

test.each([
  ['thing', 'things', 'thing'],
  ['flight-status', 'flight-status', 'flightStatus'],
  ['flight-status', 'flightstatus', 'flightStatus'],
])(
  'registering the service %s under the name %s throws an error that names the right name %s',
  (name, key, right) => {
    const attempt = () => servicesOf({ [key]: declared(name) });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(
      `service "${name}" is registered as "${key}", but must be registered as "${right}"`,
    );
  },
);

test('a registry with two services of the same audience throws an error that names both services', () => {
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
])('a registry with %j in place of a service throws an error that names the member', (thing) => {
  const attempt = () => servicesOf({ thing } as unknown as ServiceRegistry);
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow('"thing" is registered as a service, but is not made by service()');
});

test('a module that exports services can be used as a registry', async () => {
  const module = await import('../registered-services.ts');
  expect(servicesOf(module).map(({ name }) => name)).toEqual(['other', 'thing']);
});
