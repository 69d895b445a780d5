import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { encodings, hostilePaths } from './hostile-paths.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser, setCookies, type WebBrowser } from '../web-browser.ts';

let rig: Rig;
let browser: WebBrowser;
beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => {
  browser = createWebBrowser(rig.service.url);
  rig.world.idp.control.resetCalls();
});
afterAll(() => rig.close());

const providerCalls = () => Object.values(rig.world.idp.control.calls()).reduce((a, b) => a + b, 0);

describe('W1 return_to that is not a local path', () => {
  const table = Object.keys(encodings).flatMap((encoding) =>
    hostilePaths.map((path) => ({ encoding, path, shown: JSON.stringify(path).slice(0, 40) })),
  );

  test.each(table)(
    'return_to ($encoding) $shown is answered with 400, without a cookie or call of the provider',
    async ({ encoding, path }) => {
      const answer = await browser.navigate(`/auth/login?return_to=${encodings[encoding]!(path)}`);
      expect(answer.status).toBe(400);
      expect(answer.body.type).toBe('/problems/invalid-return-to');
      expect(answer.headers['location']).toBeUndefined();
      expect(setCookies(answer)).toEqual([]);
      expect(providerCalls()).toBe(0);
    },
  );

  test('rejects a repeated return_to', async () => {
    const answer = await browser.navigate('/auth/login?return_to=/&return_to=/');
    expect(answer.body.type).toBe('/problems/invalid-return-to');
  });
});

describe('W1 return_to that is a local path', () => {
  test.each([
    '/',
    '/things',
    '/things/t1?tab=items&sort=-date',
    '/a%20b',
    '/gr%C3%B6%C3%9Fe',
    '/things#top',
    '/a//b',
    '/x?next=https://evil.example',
    '/x?mail=a@b.example',
    '/"quoted"',
    '/;jsessionid=1',
    '/~user/[1]',
  ])(
    'a login with return_to=%s ends at that path, which is on this origin even when it is decoded once more',
    async (path) => {
      const callback = await browser.signIn(await browser.begin(`return_to=${encodeURIComponent(path)}`));
      const { status, headers } = await browser.navigate(callback);
      expect([status, headers['location']]).toEqual([302, path]);
      for (const address of [path, decodeURIComponent(path)])
        expect(new URL(address, rig.service.url).origin).toBe(rig.service.url);
    },
  );

  test('redirects to the root when return_to is missing', async () => {
    expect((await browser.login('alice', '')).headers['location']).toBe('/');
  });
});
