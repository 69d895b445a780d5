import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig({ REVALIDATION_SECONDS: '900' });
});
beforeEach(() => {
  browser = createWebBrowser(rig.service.url);
  rig.world.idp.control.resetCalls();
});
afterAll(() => rig.close());

const calls = () => rig.world.idp.control.calls().token;
const handleOf = (answer: Parameters<typeof setCookies>[0]): string | undefined =>
  setCookies(answer)
    .map((line) => /^__Host-bff=([\w-]{43});/.exec(line)?.[1])
    .find((each) => each !== undefined);

/** Logs in at the provider; returns the callback URL and the cookies that it requires. */
async function untilCallback(username: string) {
  const callback = await browser.signIn(await browser.begin('return_to=/things?page=2'), username);
  return { callback, cookie: { Cookie: browser.cookie } };
}

describe('F72 a callback that is loaded again', () => {
  test('a repeated callback whose first answer was lost redirects to the landing page with the same session', async () => {
    const { callback, cookie } = await untilCallback('acme-user-002');
    const lost = await createWebBrowser(rig.service.url).navigate(callback, cookie);
    const answer = await browser.navigate(callback, cookie);
    expect([answer.status, answer.headers['location']]).toEqual([302, '/things?page=2']);
    expect(handleOf(answer)).toBe(handleOf(lost));
    expect([calls(), browser.logins]).toEqual([1, []]);
    expect((await browser.call('get', '/auth/sessions')).body).toHaveLength(1);
    expect((await browser.call('post', '/auth/revalidate')).status).toBe(204);
  });

  test('concurrent callbacks cause one token request and one session, and all redirect to the landing page', async () => {
    const { callback, cookie } = await untilCallback('acme-user-003');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => createWebBrowser(rig.service.url).navigate(callback, cookie)),
    );
    for (const { status, headers } of answers)
      expect([status, headers['location']]).toEqual([302, '/things?page=2']);
    expect(new Set(answers.map(handleOf)).size).toBe(1);
    expect(calls()).toBe(1);
    browser.jar.set('__Host-bff', handleOf(answers[0]!)!);
    expect((await browser.call('get', '/auth/sessions')).body).toHaveLength(1);
  });

  test('a repeated callback of a browser that has its session redirects to the landing page', async () => {
    const { callback } = await untilCallback('acme-user-004');
    await browser.navigate(callback);
    const { handle } = browser;
    const { status, headers } = await browser.navigate(callback);
    expect([status, headers['location'], browser.handle]).toEqual([302, '/things?page=2', handle]);
    expect(calls()).toBe(1);
  });

  test('a repeated callback does not reveal the landing page to another user', async () => {
    const { callback } = await untilCallback('acme-user-005');
    await browser.navigate(callback);
    const other = createWebBrowser(rig.service.url);
    expect((await other.navigate(callback)).status).toBe(400);
    await other.login('bob');
    expect((await other.navigate(callback)).headers['location']).toBe('/');
  });

  test('a repeated callback after the logout creates no session', async () => {
    const { callback, cookie } = await untilCallback('acme-user-006');
    await browser.navigate(callback);
    await browser.call('post', '/auth/logout');
    const answer = await createWebBrowser(rig.service.url).navigate(callback, cookie);
    expect([answer.status, handleOf(answer), calls()]).toEqual([400, undefined, 1]);
  });

  test('a repeated callback retries a login that failed', async () => {
    const { callback, cookie } = await untilCallback('acme-user-007');
    rig.world.idp.control.setFault({ endpoint: 'token', kind: 'error', status: 502 });
    expect((await browser.navigate(callback, cookie)).status).toBe(503);
    rig.world.idp.control.clearFaults();
    expect((await browser.navigate(callback, cookie)).headers['location']).toBe('/things?page=2');
  });
});
