import type { Page } from 'playwright-core';

export interface LogIn {
  /** Origin of web-bff. */
  readonly origin: string;
  /** Local path to which the login returns. */
  readonly returnTo: string;
}

/**
 * Opens the login: shows the provider's form, or `returnTo` when the provider has a session of this browser.
 */
export async function beginLogin(page: Page, { origin, returnTo }: LogIn): Promise<void> {
  await page.goto(`${origin}/auth/login?return_to=${encodeURIComponent(returnTo)}`);
}

/**
 * Fills in the provider's form on the current page, and waits until the login has returned.
 * @param user.password default `demo`
 */
export async function finishLogin(
  page: Page,
  { origin, returnTo }: LogIn,
  { username, password = 'demo' }: { readonly username: string; readonly password?: string },
): Promise<void> {
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await Promise.all([page.waitForURL(`${origin}${returnTo}`), page.locator('button[type=submit]').click()]);
}
