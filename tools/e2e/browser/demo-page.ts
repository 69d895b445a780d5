import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, jest } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { finishLogin, launchBrowser, startWebWorld, type WebWorld } from '../src/index.ts';

export interface DemoPage {
  readonly page: Page;
  /** Errors and policy violations that the console of our pages reports. */
  readonly complaints: string[];
}

/**
 * Starts one demo world and one browser for all tests of a file. After each test it removes all faults and
 * closes the pages.
 */
export function useDemoPage() {
  let world: WebWorld;
  let browser: Browser;
  jest.setTimeout(60_000);
  beforeAll(async () => {
    [world, browser] = await Promise.all([startWebWorld(), launchBrowser()]);
  });
  afterAll(() => Promise.all([browser?.close(), world?.stop()]));
  afterEach(() => Promise.all([world.heal(), ...browser.contexts().map((each) => each.close())]));

  return {
    /** Returns the demo world; like `browser`, available from the first test on. */
    world: () => world,
    browser: () => browser,
    /** Opens the page in a new browser context. */
    async open(options: BrowserContextOptions = {}): Promise<DemoPage> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(15_000);
      return openTab(context, world.origin);
    },
  };
}

/** Opens another tab of the same browser context. */
export async function openTab(context: BrowserContext, origin: string): Promise<DemoPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Ignores messages of the identity provider's pages.
    const ours = message.location().url.startsWith(origin);
    if (message.type() === 'error' && ours) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/`);
  return { page, complaints };
}

/**
 * Logs in through the provider's form, and waits until the profile is complete, which can take 15 s: a
 * breaker that an earlier test opened stays open that long.
 */
export async function logIn(page: Page, username = 'alice'): Promise<void> {
  const { origin } = new URL(page.url());
  await page.getByRole('link', { name: 'Log in' }).click();
  await finishLogin(page, { origin, returnTo: '/' }, { username });
  await page.getByText('Everything is here.').waitFor({ timeout: 40_000 });
}

export const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

export const setService = (page: Page, service: string, condition: string) =>
  page
    .getByRole('group', { name: `${service}-service` })
    .getByRole('radio', { name: condition })
    .check();

/** Folder of the screenshots, unless the environment variable `SCREENSHOTS` names another one. */
const pictures = process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '../dist/screenshots');

/** Takes a screenshot of the upper part of the page, small enough for a document. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const clip = { x: 0, y: 0, width, height: Math.min(height, 680) };
  await page.screenshot({ path: join(pictures, `page-${name}.png`), clip });
}
