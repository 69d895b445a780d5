import { createBrowser, type Browser, type Page } from './browser.ts';

function destination(page: Page): string {
  if (page.leavesTo === undefined)
    throw new Error(`the provider answered ${page.status} at ${page.url} and did not send the browser back`);
  return page.leavesTo;
}

/**
 * Signs in at the provider and returns the address to which it sends the browser back, with `code` or `error`.
 * Without a form (there is a session already, or `prompt=none`) that is the first answer.
 * @param options.browser keeps the session for a second login. Default: a new one
 * @throws {Error} when the provider does not send the browser back, as after a wrong password
 */
export async function loginThroughForm(options: {
  readonly authorizationUrl: string;
  readonly username: string;
  readonly password: string;
  readonly browser?: Browser;
}): Promise<string> {
  const { authorizationUrl, username, password, browser = createBrowser() } = options;
  const first = await browser.open(authorizationUrl);
  return destination(
    first.leavesTo === undefined ? await browser.submit(first, { username, password }) : first,
  );
}

/**
 * Says yes to "Sign out?" and returns the address to which the provider sends the browser (`post_logout_redirect_uri`).
 * By then the back-channel logouts are sent and answered.
 */
export async function logoutThroughForm(options: {
  readonly endSessionUrl: string;
  readonly browser: Browser;
}): Promise<string> {
  const { endSessionUrl, browser } = options;
  return destination(await browser.submit(await browser.open(endSessionUrl), { logout: 'yes' }));
}
