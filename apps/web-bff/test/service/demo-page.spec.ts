import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '@bff/testbed';
import type { SettingsError } from '@bff/service-kit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anyScreen, anyService } from '../any-screen.ts';
import { readConfig } from '../../src/config.ts';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as SettingsError).errors;
  }
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    `<meta name="services" content="%SERVICES%"><script src="/assets/main-A1.js"></script>${' '.repeat(1024)}`,
  );
  writeFileSync(join(folder, 'assets/main-A1.js'), `console.log(1);${' '.repeat(1024)}`);
  writeFileSync(join(folder, 'assets/main-OLD.js'), 'console.log(0)');
  writeFileSync(join(folder, 'assets/.env'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the demo page in development', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ DEMO_PAGE_FOLDER: folder });
  });
  afterAll(() => rig.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(rig.service.url + path, { headers });

  test('the CSP of the demo page allows scripts and styles of this origin only, and connections to this origin and the services only', async () => {
    const answer = await get('/', { 'Accept-Encoding': 'br' });
    const services = rig.world.services.addresses;
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; " +
        `connect-src 'self' ${Object.values(services).join(' ')}; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-encoding')).toBe('br');
    const html = await answer.text();
    expect(html).toContain(`&quot;${anyService.client}&quot;:&quot;${services[anyService.client]}&quot;`);
    expect(html).not.toMatch(/%SERVICES%|<script>|<style|\son\w+=|style=/);
  });

  test('the assets of the demo page are immutable and compressed, and a request with their ETag is answered with 304', async () => {
    const answer = await get('/assets/main-A1.js', { 'Accept-Encoding': 'br' });
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(await answer.text()).toContain('console.log(1)');
    const again = await get('/assets/main-A1.js', { 'If-None-Match': answer.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test.each([
    '/assets/main-OLD.js',
    '/assets/.env',
    '/assets/',
    '/index.html',
    '/assets/..%2findex.html',
    '/assets/../../package.json',
  ])('%s is answered with 404, because the demo page does not reference this file', async (path) => {
    const before = upstreamCalls(rig.world);
    const { status, headers } = await get(path);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(upstreamCalls(rig.world)).toBe(before);
  });

  test('the demo page does not change the CSP of screens', async () => {
    const { headers } = await get(anyScreen, rig.as('alice'));
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
  });
});

describe('settings of the demo page', () => {
  test('without DEMO_PAGE_FOLDER a request for the demo page is answered with 404', async () => {
    const rig = await startRig();
    const { status } = await fetch(`${rig.service.url}/`);
    await rig.close();
    expect(status).toBe(404);
  });

  test('production rejects the setting DEMO_PAGE_FOLDER', () => {
    const faults = faultsOf({ NODE_ENV: 'production', DEMO_PAGE_FOLDER: folder });
    expect(faults).toContain('DEMO_PAGE_FOLDER is for development');
    expect(faultsOf({ NODE_ENV: 'production' })).not.toContain('DEMO_PAGE_FOLDER is for development');
  });

  test('a DEMO_PAGE_FOLDER without index.html is an error at start', () => {
    expect(faultsOf({ DEMO_PAGE_FOLDER: tmpdir() })).toEqual(['DEMO_PAGE_FOLDER has no index.html']);
    expect(faultsOf({ DEMO_PAGE_FOLDER: folder })).toEqual([]);
  });
});

test('the built demo page has no inline code, and the names of its assets contain a hash', async () => {
  const built = await buildPage(join(import.meta.dirname, '../..'));
  const html = readFileSync(join(built, 'index.html'), 'utf8');
  expect(html).toMatch(/src="\/assets\/main-[A-Z0-9]{8}\.js"/);
  expect(html).toMatch(/href="\/assets\/style-[A-Z0-9]{8}\.css"/);
  expect(html).not.toMatch(/<script>|<style|\son\w+=|style=/);
}, 30_000);
