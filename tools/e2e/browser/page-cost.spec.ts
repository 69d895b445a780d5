import { expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import type { Page } from 'playwright-core';
import { barriers } from './barriers.ts';
import { card, logIn, openTab, useDemoPage } from './demo-page.ts';

const { open, world, browser } = useDemoPage();

/**
 * Visits the page and measures its cost from the start; paints and layout shifts are recorded by a script
 * that runs before the page's own.
 *
 * @param wanted paths that the page always loads: waiting for an idle network ends too early on a busy
 * machine
 */
async function visit(page: Page, wanted: readonly string[]) {
  const network = await page.context().newCDPSession(page);
  const ours = new Map<string, { readonly path: string; bytes: number }>();
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const { origin, pathname } = new URL(request.url);
    if (origin === world().origin) ours.set(requestId, { path: pathname.replace(/-\w{8}\./, '.'), bytes: 0 });
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = ours.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.addInitScript(`
    globalThis.vitals = { lcp: 0, cls: 0 };
    new PerformanceObserver((list) => list.getEntries().forEach((each) => (vitals.lcp = each.startTime)))
      .observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => list.getEntries().forEach((each) => (vitals.cls += each.value)))
      .observe({ type: 'layout-shift', buffered: true });`);
  await page.goto(`${world().origin}/`);
  const hasLoaded = (path: string) => [...ours.values()].some((each) => each.path === path && each.bytes > 0);
  await until(() => wanted.every(hasLoaded));
  await page.waitForLoadState('networkidle');
  const vitals = (await page.evaluate(
    `({ fcp: performance.getEntriesByName('first-contentful-paint')[0].startTime, ...vitals })`,
  )) as { fcp: number; lcp: number; cls: number };
  const requests = [...ours.values()];
  return {
    paths: requests.map(({ path }) => path).sort(),
    bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
    barriers: (await barriers(page)).length,
    ...vitals,
  };
}

test('a first visit of the demo page stays within its limits of bytes, requests and layout shifts', async () => {
  const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
  const document = ['/', '/assets/main.js', '/assets/style.css', '/auth/session'];
  const screens = [...document, '/api/notifications', '/api/preferences', '/api/profile'].sort();
  const visits = { 'logged out': await visit(await context.newPage(), document) };
  await logIn((await openTab(context, world().origin)).page);
  Object.assign(visits, { 'logged in': await visit(await context.newPage(), screens) });
  for (const [state, { paths, bytes, fcp, lcp, cls, barriers }] of Object.entries(visits))
    process.stdout.write(
      `page ${state}: ${paths.length} requests, ${bytes} B, first paint ${fcp.toFixed(0)} ms, largest ${lcp.toFixed(0)} ms, shift ${cls.toFixed(3)}, barriers ${barriers}\n`,
    );
  expect(visits).toEqual({
    'logged out': expect.objectContaining({ paths: document, barriers: 0 }),
    'logged in': expect.objectContaining({ paths: screens, barriers: 0 }),
  });
  for (const { bytes, cls } of Object.values(visits)) {
    expect(bytes).toBeLessThan(30_000);
    expect(cls).toBeLessThan(0.1);
  }
});

/** Returns what the page has loaded since it was opened. */
const loaded = (page: Page) =>
  page.evaluate(
    `performance.getEntriesByType('resource').map(({ name, transferSize }) => ({ path: new URL(name).pathname, transferSize }))`,
  ) as Promise<{ path: string; transferSize: number }[]>;

test('the demo page receives fewer bytes than the services send, and a 304 without a body when nothing has changed', async () => {
  const { page } = await open();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  const first = (await loaded(page)).filter(({ path }) => path.startsWith('/assets/'));
  const assetBytes = first.reduce((sum, { transferSize }) => sum + transferSize, 0);
  expect(first).toHaveLength(2);
  expect(assetBytes).toBeLessThan(20_000);
  await logIn(page, 'bob');
  await card(page, 'Preferences').getByLabel('theme').waitFor();
  const panel = card(page, 'Last answer 200');
  const bytesOf = async (label: string) => {
    const row = panel.locator('.bars > div', { hasText: label });
    return Number((await row.locator('.number').textContent())?.replace(/\D/g, ''));
  };
  const [services, answer, sent] = [
    await bytesOf('its five sources'),
    await bytesOf('this answer'),
    await bytesOf('as sent'),
  ];
  expect(sent).toBeLessThan(answer);
  expect(answer).toBeLessThan(services);

  const calls = (await loaded(page)).filter(({ path }) => path.startsWith('/api/'));
  expect(calls.map(({ path }) => path).sort()).toEqual([
    '/api/notifications',
    '/api/preferences',
    '/api/profile',
  ]);
  process.stdout.write(
    `page: ${first.length} assets, ${assetBytes} B on the wire; profile: sources ${services} B, answer ${answer} B, sent ${sent} B; ${calls.length} calls of the API\n`,
  );

  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByText('Nothing has changed: 304, without a body.').waitFor();
  expect(await card(page, 'Last answer 304').getByText('0 B').isVisible()).toBe(true);
});
