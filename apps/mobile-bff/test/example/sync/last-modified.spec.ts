import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { startRig, type Rig } from '../../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

async function get(headers: Record<string, string> = {}) {
  const answer = await fetch(`${rig.url}/api/orders/alice-o2`, {
    headers: { ...(await rig.as('alice')), ...headers },
  });
  await answer.arrayBuffer();
  return answer;
}

test('without A-IM, If-Modified-Since yields 304; with A-IM, Last-Modified is not sent and If-Modified-Since is ignored', async () => {
  await until(async () => (await get()).headers.has('last-modified'));
  const whole = await get();
  const ifModifiedSince = { 'If-Modified-Since': whole.headers.get('last-modified')! };
  expect((await get(ifModifiedSince)).status).toBe(304);

  const first = await get({ 'A-IM': 'json-patch', ...ifModifiedSince });
  expect([first.status, first.headers.get('last-modified')]).toEqual([200, null]);
  const bases = { 'A-IM': 'json-patch', 'If-None-Match': whole.headers.get('etag')! };
  const confirmed = await get(bases);
  expect([confirmed.status, confirmed.headers.get('last-modified')]).toEqual([304, null]);
});
