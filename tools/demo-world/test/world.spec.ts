import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { registeredServices } from '@bff/demo-services';
import { describe, expect, test } from '@jest/globals';
import { banner } from '../src/start/banner.ts';
import { bffs } from '../src/bffs.ts';
import {
  bffNames,
  bffPlan,
  worldPlans,
  worldPorts,
  type BffName,
  type WorldPorts,
} from '../src/world/world.ts';

const at = worldPorts({});
/** Any BFF, and its default port. */
const bff = bffNames[0] as BffName;
const { port, managementPort } = bffs[bff];
const settingOf = (name: string): string => `${bff.replace('-', '_').toUpperCase()}_${name}`;

test('every app is in the demo world, at the default port of its settings', () => {
  expect([...bffNames].sort()).toEqual(readdirSync(resolve(import.meta.dirname, '../../../apps')).sort());
  expect(Object.values(at)).toEqual(
    expect.arrayContaining([
      { process: bff, setting: settingOf('PORT'), port },
      { process: bff, setting: settingOf('MANAGEMENT_PORT'), port: managementPort },
    ]),
  );
});

test('every registered service is a process, at the port of its declared address', () => {
  expect(worldPlans(at).map(({ name }) => name)).toEqual([
    ...registeredServices.map(({ name }) => name),
    'dev-idp',
  ]);
  for (const each of registeredServices) expect(at[each.client].port).toBe(each.port);
});

test('a setting moves a port, and every process that calls it gets the new address', () => {
  const [service] = registeredServices;
  const setting = at[service!.client].setting;
  const moved = worldPorts({ [setting]: '7001' });
  expect(worldPlans(moved)[0]?.env).toMatchObject({ PORT: '7001' });
  for (const name of bffNames)
    expect(bffPlan(name, moved).env[service!.addressVariable]).toBe('http://127.0.0.1:7001');
});

test.each(['0', '65536', 'x', '80.5'])('the port %s is rejected with the name of its setting', (text) => {
  const setting = settingOf('PORT');
  expect(() => worldPorts({ [setting]: text })).toThrow(`${setting} must be a port number`);
});

describe('the banner', () => {
  test('the banner has a row for every process, with its management port', () => {
    const text = banner(at);
    expect(text).toMatch(
      new RegExp(`^  ${bff} +http://localhost:${port} +http://localhost:${managementPort}$`, 'm'),
    );
    for (const each of registeredServices)
      expect(text).toMatch(new RegExp(`^  ${each.name} +http://localhost:${each.port}$`, 'm'));
  });

  test('the banner omits the examples of removed services and BFFs', () => {
    const { idp } = at;
    const text = banner({ idp } as WorldPorts);
    expect(text).toMatch(/^ {2}dev-idp +http:\/\/localhost:4000$/m);
    expect(text).not.toContain('curl');
    expect(text).not.toContain('npm run');
  });
});
