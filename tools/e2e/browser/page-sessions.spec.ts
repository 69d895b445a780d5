import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fetchInPage, finishLogin } from '../src/index.ts';
import { card, logIn, openTab, useDemoPage } from './demo-page.ts';

const { open, world } = useDemoPage();

/** Triggers a call of an ended session: expects one call, no navigation, and a link to the login. */
async function expectTold(page: Page, ask: () => Promise<void>, path: string): Promise<void> {
  const calls: string[] = [];
  page.on('request', (request) => calls.push(new URL(request.url()).pathname));
  await ask();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(calls).toEqual([path]);
}
const reload = (page: Page) => page.getByRole('button', { name: 'Reload' }).click();

test('W3 after two tabs logged in and one tab logged out, the other tab offers the login at its next call', async () => {
  const { page } = await open();
  const { page: second } = await openTab(page.context(), world().origin);
  const home = { origin: world().origin, returnTo: '/' };
  for (const tab of [page, second]) {
    await tab.getByRole('link', { name: 'Log in' }).click();
    await tab.locator('input[name=username]').waitFor();
  }
  for (const tab of [second, page]) await finishLogin(tab, home, { username: 'alice' });
  for (const tab of [page, second]) await tab.getByText('Everything is here.').waitFor();

  await second.getByRole('button', { name: 'Log out' }).click();
  await second.getByRole('button', { name: 'Sign out' }).click();
  await second.getByRole('link', { name: 'Log in' }).waitFor();
  await expectTold(page, () => reload(page), '/api/profile');
  expect(await page.locator('body').innerText()).not.toMatch(/alice@|Alice/);
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.locator('input[name=username]').waitFor();
});

test('W9 after the logout the page shows no user data on "back"', async () => {
  const { page } = await open();
  await logIn(page);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  for (let back = 0; back < 2; back++) {
    await page.goBack({ waitUntil: 'commit' });
    expect(await page.locator('body').innerText()).not.toMatch(/alice@|Alice/);
  }
});

test.each([
  ['Reload', reload, '/api/profile'],
  [
    'All orders',
    (page: Page) => card(page, 'Orders').getByRole('button', { name: 'All orders' }).click(),
    '/api/orders',
  ],
])(
  'W12 when another device has ended the session, the next call (%s) offers the login, and one click logs in again',
  async (_name, ask, path) => {
    const { page } = await open();
    const { page: other } = await open();
    for (const each of [page, other]) await logIn(each);
    const end = { method: 'DELETE', headers: { 'X-CSRF': '1' } };
    await card(page, 'Preferences').getByLabel('theme').waitFor();
    expect(await fetchInPage(other, `${world().origin}/auth/sessions`, end)).toMatchObject({ status: 204 });

    await expectTold(page, () => ask(page), path);
    await reload(other);
    await other.getByText('Nothing has changed').waitFor();
    // The provider still has a session of the browser: one click, no form.
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByText('Everything is here.').waitFor();
  },
);
