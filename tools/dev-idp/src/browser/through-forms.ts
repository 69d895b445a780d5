import { createBrowser, type Browser, type Page } from './browser.ts';

function destination(page: Page): string {
  if (page.leavesTo === undefined)
    throw new Error(`the provider answered ${page.status} at ${page.url} and did not redirect to the client`);
  return page.leavesTo;
}

/**
 * Logs in at the provider and returns the address to which it redirects the browser, with `code` or `error`.
 * Submits no form if the first answer is already that redirect (existing session, or `prompt=none`).
 * @param options.browser keeps the session for a second login. Default: a new one
 * @throws {Error} when the provider does not redirect to the client, as after a wrong password
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
 * Confirms "Sign out?" and returns the address to which the provider redirects the browser
 * (`post_logout_redirect_uri`). When this function resolves, all back-channel logout requests have been
 * answered.
 */
export async function logoutThroughForm(options: {
  readonly endSessionUrl: string;
  readonly browser: Browser;
}): Promise<string> {
  const { endSessionUrl, browser } = options;
  return destination(await browser.submit(await browser.open(endSessionUrl), { logout: 'yes' }));
}
