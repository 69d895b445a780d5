import type { Page } from 'playwright-core';

export interface LogIn {
  /** Of web-bff. */
  readonly origin: string;
  /** Local path where the user lands. */
  readonly returnTo: string;
}

/** Goes to the provider's form, or past it to `returnTo` when the provider knows this browser already. */
export async function beginLogin(page: Page, { origin, returnTo }: LogIn): Promise<void> {
  await page.goto(`${origin}/auth/login?return_to=${encodeURIComponent(returnTo)}`);
}

/**
 * Fills in the provider's form, which the page must be at, and waits until the user has landed.
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
