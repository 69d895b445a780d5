import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createLogger, createMemoryStore, preTenantKey, StateUnavailable } from '@bff/service-kit';
import { loadTenantDirectory, publishTenantDirectory } from '../../src/index.ts';
import { someTenant } from '../some-tenants.ts';

const folder = mkdtempSync(join(tmpdir(), 'unusable-'));
const file = join(folder, 'tenants.json');
const directory = (status: 'active' | 'suspended') =>
  JSON.stringify({ tenants: [someTenant('t1', { status })] });
writeFileSync(file, directory('active'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['was written for a later release', '{"tenants":[],"plans":[]}'],
  ['has lost its content', undefined],
])(
  'T2 a replica that starts while the published directory %s is not ready, because its file may show fields that the published directory hides',
  async (_, content) => {
    const store = createMemoryStore();
    await store.set(preTenantKey('directory', 'version'), 'later', 60_000);
    if (content !== undefined)
      await store.set(preTenantKey('directory', 'content', 'later'), content, 60_000);
    const lines = new EventEmitter();
    const log = createLogger('test', 'info', { write: (text: string) => lines.emit(JSON.parse(text).level) });
    const refused = once(lines, 'error');
    const replica = loadTenantDirectory(file, { log, store, pollMs: 5 });
    try {
      await refused;
      await new Promise(setImmediate);
      await expect(replica.ready()).rejects.toThrow(StateUnavailable);

      const inForce = once(lines, 'info');
      await publishTenantDirectory(store, directory('suspended'));
      await inForce;
      await expect(replica.ready()).resolves.toBeUndefined();
      expect(replica.find('t1')?.status).toBe('suspended');
    } finally {
      replica.close();
    }
  },
);
