import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** The sandbox of Chromium refuses to run as root; the rest keeps it from calling home. */
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
 * The system's own Chromium, headless, with the back/forward cache that Playwright switches off: what a user sees after
 * "back" is part of what is tested.
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
