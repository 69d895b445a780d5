import { registeredServices } from '@bff/demo-services';
import { expect, test } from '@jest/globals';
import { banner } from '../src/start/banner.ts';
import { isExternal, portsHere, unusedSettings, withAddresses } from '../src/world/elsewhere.ts';
import { bffPlan, worldPorts } from '../src/world/world.ts';

const at = worldPorts({});
const [service] = registeredServices;
const env = { ISSUER: 'https://id.example', [service!.addressVariable]: 'http://localhost:7777' };

test('F68 a provider and a service whose addresses are in the environment are used, and not started', () => {
  expect(withAddresses(bffPlan('web-bff', at), env).env).toMatchObject(env);
  expect(isExternal('dev-idp', env)).toBe(true);
  expect(isExternal(service!.name, env)).toBe(true);
  expect(isExternal('web-bff', env)).toBe(false);
  const here = Object.values(portsHere(at, env)).map(({ process }) => process);
  expect(here).not.toContain('dev-idp');
  expect(here).not.toContain(service!.name);
  expect(here).toHaveLength(Object.keys(at).length - 2);
});

test('F68 the banner names the external provider, and omits users that only the demo provider has', () => {
  const text = banner(portsHere(at, env), env.ISSUER);
  expect(text).toMatch(/^ {2}identity provider +https:\/\/id\.example$/m);
  expect(text).not.toMatch(/password|dev-idp/);
});

test('F68 without addresses in the environment, the provider and all services are started', () => {
  expect(withAddresses(bffPlan('web-bff', at), {}).env).toEqual(bffPlan('web-bff', at).env);
  expect(portsHere(at, {})).toEqual(at);
});

test('F68 a setting that cannot apply to all processes gets a warning', () => {
  expect(unusedSettings({ PORT: '3000', PUBLIC_URL: '' })).toEqual([
    'PORT is not used here: each process has a port setting of its own, such as WEB_BFF_PORT',
  ]);
});
