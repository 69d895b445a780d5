import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { beginLogin, finishLogin, launchBrowser, startWebWorld, type WebWorld } from '../src/index.ts';

jest.setTimeout(90_000);
let world: WebWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startWebWorld(), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), world?.stop()]));

/** Opens `/docs`, and records the messages of its console and its requests to other origins. */
async function openReference(page: Page): Promise<{ complaints: string[]; otherOrigins: string[] }> {
  const [complaints, otherOrigins]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== world.origin) otherOrigins.push(request.url());
  });
  await page.goto(`${world.origin}/docs`);
  return { complaints, otherOrigins };
}

/** Opens an operation, sends its request from the page, and returns the status line of the answer. */
async function tryOperation(page: Page, method: string, path: string): Promise<string | null> {
  const operation = page.locator(`.opblock-${method}`, { has: page.locator(`[data-path="${path}"]`) });
  await operation.locator('.opblock-summary').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  return operation.locator('.live-responses-table .response .response-col_status').textContent();
}

test("W8 the API reference sends an operation with the browser's session and the CSRF header, without violating its policy", async () => {
  const page = await browser.newPage();
  const login = { origin: world.origin, returnTo: '/auth/session' };
  await beginLogin(page, login);
  await finishLogin(page, login, { username: 'alice' });
  const { complaints, otherOrigins } = await openReference(page);
  await page.getByRole('heading', { name: 'Web API' }).waitFor();
  const [sent, status] = await Promise.all([
    page.waitForRequest((request) => new URL(request.url()).pathname === '/api/profile'),
    tryOperation(page, 'get', '/api/profile'),
  ]);
  expect(sent.headers()).toMatchObject({ 'x-csrf': '1' });
  expect(status).toContain('200');
  await page.locator('.live-responses-table').getByText('alice@acme.example').first().waitFor();
  expect({ complaints, otherOrigins }).toEqual({ complaints: [], otherOrigins: [] });
});

test('the API reference is public, and shows 401 for an operation when nobody is logged in', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { complaints, otherOrigins } = await openReference(page);
  expect(await tryOperation(page, 'get', '/api/profile')).toContain('401');
  expect(complaints).toEqual([expect.stringContaining('401')]);
  expect(otherOrigins).toEqual([]);
});

test('the policy of the API reference blocks evaluated and inline scripts', async () => {
  const page = await browser.newPage();
  await openReference(page);
  await page.getByRole('heading', { name: 'Web API' }).waitFor();
  const refused = await page.evaluate(`new Promise((resolve) => {
    const directives = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      directives.push(effectiveDirective + ' ' + blockedURI);
      if (directives.length === 2) resolve(directives.sort());
    });
    const inline = document.createElement('script');
    inline.textContent = 'window.ran = true';
    document.body.append(inline);
    setTimeout('window.ran = true');
  })`);
  expect(refused).toEqual(['script-src eval', 'script-src-elem inline']);
});
