import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig } from './rig.ts';

test('T1 two tenants and two users never share a tag, also when all of them see the same nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const file = join(folder, 'tenants.json');
  const fields = { allowed: ['nothing'] };
  const tenants = ['acme', 'globex'].map((id) => ({ id, name: id, status: 'active', fields }));
  writeFileSync(file, JSON.stringify({ tenants }));
  const blind = await startRig({ TENANTS_FILE: file });
  try {
    const tagOf = async (user: string, tenant: string) => {
      const asked = request(blind.service.url)
        .get('/api/preferences')
        .set(await blind.as(user));
      const { body, headers } = await asked.set('X-Tenant-ID', tenant).expect(200);
      expect(Object.keys(body)).toEqual(['_meta']);
      return headers['etag'];
    };
    const all = [await tagOf('max', 'acme'), await tagOf('max', 'globex'), await tagOf('alice', 'acme')];
    expect(all).not.toContain(undefined);
    expect(new Set(all).size).toBe(3);
  } finally {
    await blind.close();
    rmSync(folder, { recursive: true });
  }
});
