import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions } from 'playwright-core';
import { launchBrowser, startWebWorld, type WebWorld } from '../src/index.ts';
import { card, logIn, openPage } from './demo-page.ts';

jest.setTimeout(60_000);

let world: WebWorld;
let browser: Browser;
beforeAll(async () => {
  // No copy is to hide who is gone.
  process.env['CACHE_CONTROL'] = 'no-store';
  [world, browser] = await Promise.all([startWebWorld(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), world?.stop()]));
afterEach(() => Promise.all([world.heal(), ...browser.contexts().map((each) => each.close())]));

const open = (options: BrowserContextOptions = {}) => openPage(browser, world.origin, options);

test('A4 a service is killed and comes back: the page says what is missing, and is whole again by itself', async () => {
  const { page } = await open();
  await logIn(page);
  await world.kill('notification-service');
  await page.getByRole('button', { name: 'Reload' }).click();
  const marks = card(page, 'Degraded parts').getByRole('listitem');
  await marks.getByText(/failed: shown is a default\.$/).waitFor();
  expect(await marks.count()).toBe(1);
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  await page.evaluate('globalThis.untouched = true');

  await world.restart('notification-service');
  await page.getByText('Everything is here.').waitFor();
  expect(await marks.count()).toBe(0);
  expect(await page.evaluate('globalThis.untouched')).toBe(true);
  await page.reload();
  await page.getByText('Everything is here.').waitFor();
});

test('web-bff is killed and comes back without its sessions: the page stands, then lands at the login', async () => {
  const { page } = await open();
  await logIn(page);
  await world.kill('web-bff');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByText('The profile cannot be shown: web-bff gives no answer.').waitFor();
  expect(await card(page, 'Orders').getByRole('listitem').count()).toBe(5);
  await world.restart('web-bff');
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  // The services do not take the new keys of this development world at once: what counts is who is logged in.
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByText('alice · acme').waitFor();
});
