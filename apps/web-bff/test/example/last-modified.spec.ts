import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginToWebBff, type WebBffHeaders } from '@bff/demo-world';
import { until } from '@bff/testbed';
import { startRig, type Rig } from '../rig.ts';

interface Directory {
  readonly tenants: { readonly id: string; readonly fields: { readonly blocked: string[] } }[];
}

const path = '/api/orders/alice-o2';
const folder = mkdtempSync(join(tmpdir(), 'last-modified-'));
const tenantsFile = join(folder, 'tenants.json');
const demoTenants = join(import.meta.dirname, '../../../../libs/services/demo-tenants.json');
const directory = JSON.parse(readFileSync(demoTenants, 'utf8')) as Directory;
const writeTenants = (): void => writeFileSync(tenantsFile, JSON.stringify(directory));

let rig: Rig;
beforeAll(async () => {
  writeTenants();
  rig = await startRig({ TENANTS_FILE: tenantsFile });
});
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

async function get(headers: Record<string, string> = {}, as: WebBffHeaders = rig.as('alice'), url = path) {
  const answer = await fetch(rig.service.url + url, { headers: { ...as, ...headers } });
  const text = await answer.text();
  return {
    status: answer.status,
    lastModified: answer.headers.get('last-modified'),
    etag: answer.headers.get('etag'),
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
/**
 * Returns the Last-Modified of an answer. Waits for it, because it is sent only from the second after the
 * last change of access rights.
 */
async function dated(as?: WebBffHeaders): Promise<string> {
  await until(async () => (await get({}, as)).lastModified !== null);
  return (await get({}, as)).lastModified!;
}
const secondBefore = (date: string): string => new Date(Date.parse(date) - 1_000).toUTCString();

test('If-Modified-Since yields 304 for a complete answer whose source states its modification date', async () => {
  const lastModified = await dated();
  const [session] = (await (
    await fetch(`${rig.service.url}/auth/sessions`, { headers: rig.as('alice') })
  ).json()) as { created_at: string }[];
  // The start of the session, not the older date of the order: another session might see other members.
  expect(Date.parse(lastModified)).toBe(Math.ceil(Date.parse(session!.created_at) / 1_000) * 1_000);

  const confirmed = await get({ 'If-Modified-Since': lastModified });
  expect(confirmed).toMatchObject({ status: 304, text: '', lastModified });
  expect(confirmed.etag).toBe((await get()).etag);
  expect((await get({ 'If-Modified-Since': secondBefore(lastModified) })).status).toBe(200);
  const tagged = { 'If-None-Match': '"other"', 'If-Modified-Since': lastModified };
  expect((await get(tagged)).status).toBe(200);
  expect((await get({ 'If-Unmodified-Since': secondBefore(lastModified) })).status).toBe(412);
});

test('a view has no modification date if one of its sources states none', async () => {
  await dated();
  expect(await get({}, rig.as('alice'), '/api/profile')).toMatchObject({ status: 200, lastModified: null });
});

test('answers 200 to an If-Modified-Since date that another session received', async () => {
  const lastModified = await dated();
  const other = await loginToWebBff({ url: rig.service.url, username: 'alice' });
  expect((await get({ 'If-Modified-Since': lastModified }, other)).status).toBe(200);
  const ofOther = await dated(other);
  expect(Date.parse(ofOther)).toBeGreaterThan(Date.parse(lastModified));
  expect((await get({ 'If-Modified-Since': lastModified }, other)).status).toBe(200);
  expect((await get({ 'If-Modified-Since': ofOther }, other)).status).toBe(304);
});

test('a user of several tenants gets no modification date', async () => {
  await dated();
  const { status, lastModified } = await get({ 'X-Tenant-ID': 'acme' }, rig.as('max'), '/api/orders');
  expect([status, lastModified]).toEqual([200, null]);
});

test('answers 200 to an If-Modified-Since date from before a policy change', async () => {
  const lastModified = await dated();
  expect((await get()).body).toHaveProperty('total_cents');
  directory.tenants.find(({ id }) => id === 'acme')!.fields.blocked.push('total_cents');
  writeTenants();
  await until(async () => {
    const { body } = await get();
    return body !== undefined && !('total_cents' in body);
  });

  expect((await get({ 'If-Modified-Since': lastModified })).status).toBe(200);
  const later = await dated();
  expect(Date.parse(later)).toBeGreaterThan(Date.parse(lastModified));
  expect((await get({ 'If-Modified-Since': lastModified })).status).toBe(200);
  expect((await get({ 'If-Modified-Since': later })).status).toBe(304);
});
