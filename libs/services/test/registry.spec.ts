import { expect, test } from '@jest/globals';
import { readSettings, SettingsError } from '@bff/service-kit';
import { addressVariable, servicesOf, upstreamSettings, upstreamsFrom } from '@bff/upstream-clients';
import * as services from '../src/index.ts';

const declared = servicesOf(services);

test('in development every service is called at its declared address', () => {
  expect(upstreamsFrom(services, readSettings(upstreamSettings(services), {})).addresses).toEqual(
    Object.fromEntries(declared.map(({ name, address }) => [name, address])),
  );
});

test('in production one error names every missing address', () => {
  const read = () => readSettings(upstreamSettings(services), { NODE_ENV: 'production' });
  expect(read).toThrow(SettingsError);
  for (const { name } of declared) expect(read).toThrow(addressVariable(name));
});
