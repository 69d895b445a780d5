import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig } from '../rig.ts';

test('T1 entity tags of two tenants and two users differ, even when all of them see the same empty view', async () => {
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

test('H1 a member that the policy hides on one screen is hidden on that screen, also in answers to writes, and visible on other screens', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const file = join(folder, 'tenants.json');
  const screens = {
    notifications: { blocked: ['notifications.title'] },
    home: { blocked: ['loyalty_tier'] },
  };
  const tenants = [{ id: 'acme', name: 'acme', status: 'active', fields: {}, screens }];
  writeFileSync(file, JSON.stringify({ tenants }));
  const rig = await startRig({ TENANTS_FILE: file });
  try {
    const headers = await rig.as('alice');
    const agent = request(rig.service.url);
    const ask = (method: 'get' | 'post', path: string) => agent[method](path).set(headers).expect(200);
    const { body: list } = await ask('get', '/api/notifications');
    const { body: read } = await ask('post', `/api/notifications/${list.notifications[0].id}/read`);
    for (const each of [...list.notifications, read]) expect(each).not.toHaveProperty('title');
    const { body: home } = await ask('get', '/api/home');
    for (const each of home.notifications) expect(each).toHaveProperty('title');
    expect(home).not.toHaveProperty('loyalty_tier');
    expect((await ask('get', '/api/profile')).body).toHaveProperty('loyalty_tier');
  } finally {
    await rig.close();
    rmSync(folder, { recursive: true });
  }
});
