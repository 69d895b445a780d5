import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger, createMemoryStore, type StateStore } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { loadTenantDirectory, publishTenantDirectory, type LiveTenantDirectory } from '../../src/index.ts';
import { directoryOf, someTenant } from '../some-tenants.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'in-force-'));
const content = (blocked: string) =>
  JSON.stringify({ tenants: [someTenant('t1', { fields: { blocked: [blocked] } }), someTenant('t2')] });

let path: string;
let time: number;
let store: StateStore;
let directory: LiveTenantDirectory;
beforeEach(() => {
  path = folder();
  time = 1_000;
  store = createMemoryStore();
  writeFileSync(join(path, 'tenants.json'), content('one'));
  directory = loadTenantDirectory(join(path, 'tenants.json'), {
    log: createLogger('test', 'silent'),
    store,
    pollMs: 5,
    now: () => time,
  });
});
afterEach(() => {
  directory.close();
  rmSync(path, { recursive: true });
});

const since = (id: string) => directory.find(id)?.inForceSince;
const untilChangedFrom = (version: string) => until(() => directory.version !== version);

describe('inForceSince of a tenant', () => {
  test('inForceSince of a tenant is the start time of the process when the tenant was in the file at the start', () => {
    expect([since('t1'), since('t2')]).toEqual([1_000, 1_000]);
  });

  test('when the tenant file changes, inForceSince changes for the changed tenant only', async () => {
    const { version } = directory;
    time = 2_000;
    writeFileSync(join(path, 'tenants.json'), content('two'));
    await untilChangedFrom(version);
    expect([since('t1'), since('t2')]).toEqual([2_000, 1_000]);
  });

  test('inForceSince is the time at which a published directory was applied, and a later time when the former directory is published again', async () => {
    const { version } = directory;
    time = 2_000;
    await publishTenantDirectory(store, content('two'));
    await untilChangedFrom(version);
    expect([since('t1'), since('t2')]).toEqual([2_000, 1_000]);
    const changed = directory.version;
    time = 3_000;
    await publishTenantDirectory(store, content('one'));
    await untilChangedFrom(changed);
    expect([directory.version, since('t1'), since('t2')]).toEqual([version, 3_000, 1_000]);
  });

  test('inForceSince is undefined in a tenant directory that is created once and does not follow changes', () => {
    expect(directoryOf(someTenant('t1')).find('t1')?.inForceSince).toBeUndefined();
  });
});
