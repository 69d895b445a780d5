import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { beginLogin, finishLogin, launchBrowser, startWebWorld, type WebWorld } from '../src/index.ts';

jest.setTimeout(30_000);

let world: WebWorld;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Policy violations and blocked scripts that the browser reported. */
const complaints: string[] = [];

beforeAll(async () => {
  [world, browser] = await Promise.all([startWebWorld(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([browser?.close(), world?.stop()]);
});
beforeEach(async () => {
  complaints.length = 0;
  context = await browser.newContext({ locale: 'de-DE' });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  page.on('console', (line) => {
    if (line.text().includes('Content Security Policy')) complaints.push(line.text());
  });
});
afterEach(() => context?.close());

const here = (path: string): string => `${world.origin}${path}`;
const logIn = async (): Promise<void> => {
  const home = { origin: world.origin, returnTo: '/auth/session' };
  await beginLogin(page, home);
  await finishLogin(page, home, { username: 'alice' });
};

/** Returns from the provider as a browser whose user denied consent. @returns the origin of the provider */
async function cancel(): Promise<string> {
  const begun = await context.request.get(here('/auth/login?return_to=/auth/session'), { maxRedirects: 0 });
  const { origin, searchParams } = new URL(begun.headers()['location'] ?? '');
  const query = new URLSearchParams({
    error: 'access_denied',
    state: searchParams.get('state') ?? '',
    iss: origin,
  });
  await page.goto(here(`/auth/callback?${query}`));
  return origin;
}

describe('F29 F67 the page after a cancelled login', () => {
  test('the page after a cancelled login has the language of the browser, a style and no script', async () => {
    await cancel();
    expect(await page.title()).toBe('Sie sind nicht angemeldet');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('script').count()).toBe(0);
    const color = await page
      .locator('a.button')
      .first()
      .evaluate('(link) => getComputedStyle(link).backgroundColor');
    expect(color).not.toBe('rgba(0, 0, 0, 0)');
    expect(complaints).toEqual([]);
  });

  test('"try again" on the page after a cancelled login leads to the form, and then to the original target of the login', async () => {
    await cancel();
    await page.getByText('Erneut versuchen').click();
    const home = { origin: world.origin, returnTo: '/auth/session' };
    await finishLogin(page, home, { username: 'alice' });
    expect(await page.textContent('body')).toContain('"sub":"alice"');
  });

  test('"another account" on the page after a cancelled login leads to the form, although the provider has a session of the user', async () => {
    await logIn();
    await cancel();
    await page.getByText('Anderes Konto verwenden').click();
    await page.locator('input[name=password]').waitFor();
    expect(complaints).toEqual([]);
  });

  test('"log out" on the page after a cancelled login ends the session, and leads to the page of the provider', async () => {
    await logIn();
    const provider = await cancel();
    await page.getByText('Abmelden').click();
    await page.waitForURL((url) => url.origin === provider);
    expect(complaints).toEqual([]);
    const { status } = await context.request
      .get(here('/auth/session'))
      .then((answer) => ({ status: answer.status() }));
    expect(status).toBe(401);
  });
});
