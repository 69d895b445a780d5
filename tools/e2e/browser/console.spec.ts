import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { loginToWebBff, type WebBffHeaders } from '@bff/demo-world';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, startWebWorld, type WebWorld } from '../src/index.ts';
import { barriers } from './barriers.ts';

jest.setTimeout(60_000);

let world: WebWorld;
let browser: Browser;
let headers: WebBffHeaders;
beforeAll(async () => {
  // Every request must call its upstreams: a cached answer would hide the failures.
  process.env['CACHE_CONTROL'] = 'no-store';
  [world, browser] = await Promise.all([startWebWorld(), launchBrowser()]);
  headers = await loginToWebBff({ url: world.origin, username: 'alice' });
});
afterAll(async () => void (await Promise.all([browser?.close(), world?.stop()])));

const profile = () =>
  fetch(`${world.origin}/api/profile`, { headers }).then((answer) => answer.arrayBuffer());

/** Opens the console, and records violations of its policy and uncaught errors. */
async function open(
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${world.managementUrl}/console`);
  return { page, complaints };
}
const state = (page: Page) => page.locator('#state');
const card = (page: Page, name: string) => page.locator('article', { hasText: name });
/** Returns the rows that the page should list, from the data endpoint. */
const recent = async () => {
  const answer = await fetch(`${world.managementUrl}/console/data.json`);
  return ((await answer.json()) as { readonly recent: readonly object[] }).recent;
};
/** When set, the tests write the screenshots of the documentation into this folder. */
const pictures = process.env['CONSOLE_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures) await page.screenshot({ path: `${pictures}/console-${name}.png` });
};

test('the console shows a healthy system, and refreshes itself', async () => {
  for (let i = 0; i < 40; i++) await profile();
  const { page, complaints } = await open({ viewport: { width: 900, height: 660 } });
  // On a busy machine the first answers may be degraded, and the page must say so.
  await state(page)
    .getByText(/^(healthy|answers degraded)$/)
    .waitFor();
  expect(await page.locator('h1').textContent()).toBe('web-bff');
  await card(page, 'user.profile').getByText('closed').waitFor();
  expect(await page.locator('#degraded tbody tr').count()).toBe((await recent()).length);

  const first = await page.locator('#span').textContent();
  for (let i = 0; i < 40; i++) await profile();
  await page.locator('#span', { hasNotText: first ?? '' }).waitFor();
  expect(await page.locator('#span').textContent()).toMatch(/^the last \d+ seconds$/);
  await picture(page, 'healthy');
  expect(await barriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});

test('A4 the console shows the open breaker and the degraded answers, but not their users', async () => {
  await world.kill('order-service');
  for (let i = 0; i < 40; i++) await profile();
  const { page, complaints } = await open({ viewport: { width: 900, height: 660 }, colorScheme: 'dark' });
  await state(page)
    .getByText(/breakers? open$/)
    .waitFor();
  await card(page, 'order.recent').getByText('open', { exact: true }).waitFor();
  const rows = page.locator('#degraded tbody tr');
  expect(await rows.count()).toBe((await recent()).length);
  expect(await rows.filter({ hasText: 'ordersopendefault' }).first().textContent()).toMatch(
    /profileordersopendefaultacme$/,
  );
  expect(await page.locator('body').innerText()).not.toMatch(/alice|@/);
  await picture(page, 'breaker-open');
  expect(await barriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the console fits the width of a phone', async () => {
  const { page, complaints } = await open({ viewport: { width: 390, height: 844 } });
  await card(page, 'order.recent').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await picture(page, 'phone');
  expect(await barriers(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the console shows "no answer" when the service stops answering', async () => {
  const { page } = await open();
  await card(page, 'user.profile').waitFor();
  await world.kill('web-bff');
  await state(page).getByText('no answer').waitFor();
  await page.close();
});
