import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createWebClient } from '@bff/web-bff/client';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { finishLogin, launchBrowser, startWebWorld, type WebWorld } from '../src/index.ts';

jest.setTimeout(60_000);

/** Pictures for people to look at; `SCREENSHOTS` names another folder. */
const pictures = process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '../dist/screenshots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let world: WebWorld;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  [world, browser] = await Promise.all([startWebWorld(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), world?.stop()]));
afterEach(() => Promise.all([world.heal(), ...browser.contexts().map((each) => each.close())]));

/** A browser at the page; what its console says against us is collected. */
async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // What the provider's own pages lack is not asked here.
    const ours = message.location().url.startsWith(world.origin);
    if (message.type() === 'error' && ours) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${world.origin}/`);
  return { page, complaints };
}

async function logIn(page: Page, username = 'alice'): Promise<void> {
  await page.getByRole('link', { name: 'Log in' }).click();
  await finishLogin(page, { origin: world.origin, returnTo: '/' }, { username });
  await page.getByText('Everything is here.').waitFor();
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const setService = (page: Page, service: string, condition: string) =>
  page
    .getByRole('group', { name: `${service}-service` })
    .getByRole('radio', { name: condition })
    .check();

/** Of the upper part, small enough for a document. */
async function takePicture(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const clip = { x: 0, y: 0, width, height: Math.min(height, 680) };
  await page.screenshot({ path: join(pictures, `page-${name}.png`), clip });
}

/** What axe finds that keeps somebody from using the page. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('login, profile, lists, logout: nothing is refused by the policy, nothing fails', async () => {
  const { page, complaints } = await open();
  await page.getByRole('heading', { name: 'One page, five services, one answer' }).waitFor();
  // Nobody is logged in: the one 401 of the page.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
  await logIn(page);

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Alice/);
  expect(await card(page, 'Profile').getByText('alice@acme.example').isVisible()).toBe(true);
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  await card(page, 'Orders').getByRole('button', { name: 'All orders' }).click();
  await card(page, 'Orders').getByRole('button', { name: 'Next page' }).click();
  await card(page, 'Orders').getByRole('listitem').nth(19).waitFor();

  const unread = card(page, 'Notifications').getByRole('button', { name: /^Mark read: / });
  const before = await unread.count();
  await unread.first().click();
  await card(page, 'Notifications').getByText('is marked as read').waitFor();
  expect(await unread.count()).toBe(before - 1);

  await page.getByRole('button', { name: 'Log out' }).click();
  // The provider's own page.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
});

test('A1 order-service hangs: the page stands, and marks the orders as old or as not known', async () => {
  const { page } = await open();
  await logIn(page);
  await setService(page, 'order', 'hang');
  const marks = card(page, 'Degraded parts').getByRole('listitem');
  await marks.first().waitFor();
  expect(await marks.allTextContents()).toEqual([
    expect.stringMatching(
      /^orders did not answer in time: shown is an older copy, \d+ s old\.timeout · stale$/,
    ),
  ]);
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  expect(await card(page, 'Profile').getByText('alice@acme.example').isVisible()).toBe(true);
  expect(await card(page, 'Last answer 200').getByText('No ETag').isVisible()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await takePicture(page, 'degraded');

  // Of bob's orders nobody has a copy.
  const { page: another } = await open();
  await another.getByRole('link', { name: 'Log in' }).click();
  await finishLogin(another, { origin: world.origin, returnTo: '/' }, { username: 'bob' });
  await card(another, 'Degraded parts').getByText('shown is a default').waitFor();
  expect(await card(another, 'Orders').getByText('Not known for the moment.').isVisible()).toBe(true);
});

test('A1 a service that is slow is waited for; one that fails is marked, and is whole again when it is healed', async () => {
  const { page } = await open();
  await logIn(page);
  await setService(page, 'user', 'slow');
  await setService(page, 'notification', 'error');
  const marks = card(page, 'Degraded parts').getByRole('listitem');
  await marks.first().waitFor();
  expect(await marks.allTextContents()).toEqual([expect.stringMatching(/^notifications failed: /)]);
  await setService(page, 'notification', 'works');
  await page.getByText('Everything is here.').waitFor();
  expect(await marks.count()).toBe(0);
});

/** What the page has loaded since it was opened. */
const loaded = (page: Page) =>
  page.evaluate(
    `performance.getEntriesByType('resource').map(({ name, transferSize }) => ({ path: new URL(name).pathname, transferSize }))`,
  ) as Promise<{ path: string; transferSize: number }[]>;

test('what it costs: one call for the page, less than the services send, nothing when nothing has changed', async () => {
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

test('preferences are saved under If-Match; what somebody else changed meanwhile is not overwritten', async () => {
  const { page } = await open();
  await logIn(page, 'bob');
  const form = card(page, 'Preferences');
  await form.getByLabel('language').selectOption('ja');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Saved.').waitFor();

  const cookies = await page.context().cookies(world.origin);
  const elsewhere = createWebClient({
    baseUrl: world.origin,
    fetch(request) {
      request.headers.set('Cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
      return fetch(request);
    },
  });
  const read = await elsewhere.GET('/api/preferences');
  expect(read.data).toMatchObject({ language: 'ja' });
  const header = { 'If-Match': read.response.headers.get('etag') ?? '' };
  await elsewhere.PATCH('/api/preferences', { params: { header }, body: { language: 'de' } });

  await form.getByLabel('theme').selectOption('dark');
  await form.getByLabel('language').selectOption('en');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Somebody else has changed them meanwhile.').waitFor();
  expect(await form.getByLabel('language').inputValue()).toBe('de');
});

test('T1 max of two tenants chooses: each shows its own data, as its policy has it', async () => {
  const { page } = await open();
  await logIn(page, 'max');
  const name = () => page.getByRole('heading', { level: 1 }).textContent();
  const atAcme = await name();
  await page.getByLabel('Tenant').selectOption('globex');
  await card(page, 'Preferences').getByText('Your tenant does not show them.').waitFor();
  expect(await name()).not.toBe(atAcme);
});

test('gina of globex sees names, emails and order ids, and no row for the rest', async () => {
  const { page } = await open();
  await logIn(page, 'gina');
  await card(page, 'Preferences').getByText('Your tenant does not show them.').waitFor();
  expect(await card(page, 'Profile').getByRole('term').allTextContents()).toEqual(['Email']);
});

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)(
    '%s: axe finds no barrier, logged out and logged in',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      await page.getByRole('link', { name: 'Log in' }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await logIn(page);
      await card(page, 'Preferences').getByLabel('theme').waitFor();
      expect(await barriers(page)).toEqual([]);
      await takePicture(page, colorScheme);
    },
  );

  test('the switch outweighs the system, and is remembered', async () => {
    const { page } = await open({ colorScheme: 'light' });
    const ground = (color: string) =>
      page.waitForFunction(`getComputedStyle(document.body).backgroundColor === '${color}'`);
    await ground('rgb(246, 247, 249)');
    await page.getByLabel('Theme').selectOption('dark');
    await ground('rgb(15, 18, 22)');
    await page.reload();
    await ground('rgb(15, 18, 22)');
    expect(await page.getByLabel('Theme').inputValue()).toBe('dark');
  });

  test('a phone of 360 px: no horizontal scrolling, logged out, logged in and degraded', async () => {
    const { page } = await open({
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
      hasTouch: true,
    });
    const overhang = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(await overhang()).toBe(0);
    await logIn(page);
    await card(page, 'Preferences').getByLabel('theme').waitFor();
    expect(await overhang()).toBe(0);
    await takePicture(page, 'phone');
    await setService(page, 'loyalty', 'error');
    await card(page, 'Degraded parts').waitFor();
    expect(await overhang()).toBe(0);
  });

  test('by keyboard alone: log in, break a service, hear of it', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: 'Log in' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Log in');
    await page.keyboard.press('Enter');
    await finishLogin(page, { origin: world.origin, returnTo: '/' }, { username: 'alice' });
    await page.getByText('Everything is here.').waitFor();
    await page
      .getByRole('group', { name: 'notification-service' })
      .getByRole('radio', { name: 'works' })
      .focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('status').getByText('notifications failed: shown is').waitFor();
    expect(await page.evaluate('document.activeElement.value')).toBe('error');
  });
});
