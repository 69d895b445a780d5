import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { finishLogin } from '../src/index.ts';

export interface DemoPage {
  readonly page: Page;
  /** What its console says against us. */
  readonly complaints: string[];
}

/** A browser of its own, at the page. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<DemoPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  return openTab(context, origin);
}

/** One more tab of a browser. */
export async function openTab(context: BrowserContext, origin: string): Promise<DemoPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // What the provider's own pages lack is not asked here.
    const ours = message.location().url.startsWith(origin);
    if (message.type() === 'error' && ours) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/`);
  return { page, complaints };
}

/** Through the provider's form, until the profile is complete. */
export async function logIn(page: Page, username = 'alice'): Promise<void> {
  const { origin } = new URL(page.url());
  await page.getByRole('link', { name: 'Log in' }).click();
  await finishLogin(page, { origin, returnTo: '/' }, { username });
  await page.getByText('Everything is here.').waitFor();
}

export const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

export const setService = (page: Page, service: string, condition: string) =>
  page
    .getByRole('group', { name: `${service}-service` })
    .getByRole('radio', { name: condition })
    .check();

/** Pictures for people to look at; `SCREENSHOTS` names another folder. */
const pictures = process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '../dist/screenshots');

/** Of the upper part, small enough for a document. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const clip = { x: 0, y: 0, width, height: Math.min(height, 680) };
  await page.screenshot({ path: join(pictures, `page-${name}.png`), clip });
}
