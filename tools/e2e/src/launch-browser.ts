import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/**
 * Command line flags, most of which disable background requests. `--no-sandbox` is needed because Chromium
 * refuses to run sandboxed as root.
 */
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * Starts the system's Chromium headless, with the back/forward cache that Playwright disables by default: the
 * tests cover what a user sees after "back".
 * @throws {Error} when there is none on PATH (`ensure-chromium.ts` installs one)
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium or Chrome on PATH');
  return chromium.launch({
    executablePath,
    args,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    timeout: 20_000,
  });
}
