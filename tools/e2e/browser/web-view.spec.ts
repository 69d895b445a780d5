import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import {
  bffPlan,
  freeWorld,
  startProcess,
  worldPlans,
  worldPorts,
  type RunningProcess,
} from '@bff/demo-world';
import type { Browser, BrowserContext, JSHandle, Page } from 'playwright-core';
import { fetchInPage, launchBrowser } from '../src/index.ts';
import type { WebViewApp } from './web-view/app.ts';
import { startWebView, type WebView } from './web-view/start-web-view.ts';

jest.setTimeout(60_000);

const path = '/api/preferences';
let webView: WebView;
let running: RunningProcess[] = [];
let bff: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let app: JSHandle<WebViewApp>;
let token: string;

beforeAll(async () => {
  webView = await startWebView();
  const at = worldPorts(await freeWorld());
  bff = `http://localhost:${at.mobile.port}`;
  const mobile = bffPlan('mobile-bff', at);
  const plans = [...worldPlans(at), { ...mobile, env: { ...mobile.env, CORS_ORIGINS: webView.app } }];
  running = plans.map((plan) => startProcess(plan));
  browser = await launchBrowser();
  await Promise.all(running.map(({ ready }) => ready));
  context = await browser.newContext();
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
  await page.goto(webView.app);
  app = await page.evaluateHandle(
    ([at, redirectUri]) =>
      (globalThis as unknown as { createApp(...all: string[]): WebViewApp }).createApp(at, redirectUri),
    [bff, webView.redirectUri] as const,
  );
}, 120_000);
afterAll(async () => {
  await browser?.close();
  webView.close();
  await Promise.all(running.map((each) => each.stop()));
});

/** The login in the system browser. @returns the address that it hands to the app */
async function logInThere(authorizationUrl: string): Promise<string> {
  const tab = await context.newPage();
  await tab.goto(authorizationUrl);
  await tab.locator('input[name=username]').fill('alice');
  await tab.locator('input[name=password]').fill('demo');
  await Promise.all([
    tab.waitForURL((url) => url.href.startsWith(webView.redirectUri)),
    tab.locator('button[type=submit]').click(),
  ]);
  const callback = tab.url();
  await tab.close();
  return callback;
}

test('F51 a page of a listed origin logs in by code and PKCE, syncs by 200, 304 and 226, and writes', async () => {
  const callback = await logInThere(await app.evaluate((it) => it.authorizationUrl()));
  token = await app.evaluate((it, callback) => it.finishLogin(callback), callback);
  const refresh = () => app.evaluate((it, path) => it.refresh(path), path);

  expect(await refresh()).toMatchObject({ outcome: 'full', status: 200 });
  expect(await refresh()).toMatchObject({ outcome: 'unchanged', status: 304 });
  const theme = (await refresh()).view['theme'] === 'dark' ? 'light' : 'dark';
  expect(await app.evaluate((it, { path, theme }) => it.patch(path, { theme }), { path, theme })).toBe(0);
  expect(await refresh()).toMatchObject({ outcome: 'unchanged', view: { theme } });

  const headers = { Authorization: `Bearer ${token}` };
  const read = await fetch(bff + path, { headers });
  await fetch(bff + path, {
    method: 'PATCH',
    headers: {
      ...headers,
      'Content-Type': 'application/merge-patch+json',
      'If-Match': read.headers.get('ETag') ?? '',
    },
    body: '{"language":"ja"}',
  });
  expect(await refresh()).toMatchObject({ outcome: 'patched', status: 226, view: { theme, language: 'ja' } });
});

test.each<[string, string, RequestInit]>([
  ['a view, with a stolen token', path, { headers: { Authorization: 'Bearer <token>' } }],
  ['a rejection', path, {}],
  ['the tokens for a code', '/oauth/token', { method: 'POST', body: 'grant_type=authorization_code' }],
])('F51 W8 a page of an unlisted origin cannot read %s', async (_, at, { headers, ...init }) => {
  const tab = await context.newPage();
  await tab.goto(webView.stranger);
  const fields = {
    ...(init.body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    ...(headers && { Authorization: `Bearer ${token}` }),
  };
  const request = { ...(init as { method?: string; body?: string }), headers: fields };
  expect(await fetchInPage(tab, bff + at, request)).toBe('blocked');
  // The page of the app can read the same answer.
  expect(await fetchInPage(page, bff + at, request)).toMatchObject({
    status: expect.any(Number),
    body: expect.anything(),
  });
  await tab.close();
});
