import { createBrowser } from '@bff/dev-idp';
import { loginToMobileBff } from '@bff/demo-world';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.close());

test("W6 a login in a browser with another user's session creates a token that inherits nothing from that session", async () => {
  const browser = createBrowser();
  const { Authorization: alice } = await loginToMobileBff({ url: rig.url, username: 'alice', browser });
  const bob = await loginToMobileBff({ url: rig.url, username: 'bob', browser: createBrowser() });
  const names = [];
  for (const headers of [{ Authorization: alice }, bob]) {
    const answer = await fetch(`${rig.url}/api/profile?fields=email`, { headers });
    names.push(((await answer.json()) as { email: string }).email);
  }
  expect(names).toEqual(['alice@acme.example', 'bob@acme.example']);
});
