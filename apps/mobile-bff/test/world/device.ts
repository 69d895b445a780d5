import { createBrowser, loginThroughForm, type Browser, type Page } from '@bff/dev-idp';
import { post, type Answer, type Changes } from './native-app.ts';

/** A device that uses the device flow. */
export const beginDevice = async (origin: string, clientId = 'demo-tv'): Promise<Answer['body']> =>
  (await post(`${origin}/oauth/device_authorization`, { client_id: clientId })).body;

export const poll = (origin: string, deviceCode: string, changes: Changes = {}): Promise<Answer> =>
  post(`${origin}/oauth/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: 'demo-tv',
    device_code: deviceCode,
    ...changes,
  });

/** Enters the code, logs in, and returns the confirmation page. */
export async function openDevice(
  origin: string,
  userCode: string,
  { browser = createBrowser(), username = 'alice' } = {},
): Promise<Page> {
  const form = await browser.open(`${origin}/oauth/device`);
  const { leavesTo, status } = await browser.submit(form, { user_code: userCode });
  if (leavesTo === undefined) throw new Error(`the code page answered ${status}`);
  return browser.open(
    await loginThroughForm({ authorizationUrl: leavesTo, username, password: 'demo', browser }),
  );
}

/** Submits the decision and returns the last page. */
export async function decideDevice(
  origin: string,
  userCode: string,
  decision: 'approve' | 'deny',
  { browser = createBrowser(), username = 'alice' }: { browser?: Browser; username?: string } = {},
): Promise<Page> {
  return browser.submit(await openDevice(origin, userCode, { browser, username }), { decision });
}
