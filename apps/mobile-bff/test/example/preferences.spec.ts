import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const get = async (user = 'alice') =>
  request(rig.service.url)
    .get('/api/preferences')
    .set(await rig.as(user));
async function patch(body: object | string, headers: Record<string, string> = {}, user = 'alice') {
  return request(rig.service.url)
    .patch('/api/preferences')
    .set({ 'Content-Type': 'application/merge-patch+json', ...(await rig.as(user)), ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}
const calls = () => rig.world.services.services.user.calls()['/api/v1/users/:id/preferences']!;

test('the answer to a change of preferences has the ETag of the next read', async () => {
  const before = await get();
  const changed = await patch({ theme: 'sepia', nickname: null }, { 'If-Match': before.headers['etag']! });
  expect(changed.status).toBe(200);
  const { _meta, ...view } = changed.body;
  expect(_meta).toEqual({ complete: true, degraded: [] });
  const { nickname, _meta: meta, ...kept } = before.body;
  expect([typeof meta.etag, nickname === undefined || typeof nickname === 'string']).toEqual([
    'string',
    true,
  ]);
  expect(view).toEqual({ ...kept, theme: 'sepia' });
  const after = await get();
  expect(after.body).toMatchObject(view);
  expect(after.headers['etag']).toBe(changed.headers['etag']);
});

test('null members of the preferences are omitted, and nulls within an array stay', async () => {
  const changed = await patch({ list: [null, 0, '', { a: false }] }, { 'If-Match': '*' });
  expect(changed.body.list).toEqual([null, 0, '', { a: false }]);
  expect(Object.values((await get()).body)).not.toContain(null);
});

test('when two devices change the same state concurrently, exactly one succeeds and the other gets 412 (no lost update)', async () => {
  for (let round = 0; round < 15; round++) {
    const ifMatch = (await get()).headers['etag']!;
    const answers = await Promise.all(
      ['phone', 'tablet'].map((winner) => patch({ winner, [winner]: round }, { 'If-Match': ifMatch })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const won = answers.find(({ status }) => status === 200)!;
    expect((await get()).body.winner).toBe(won.body.winner);
  }
});

test.each([
  ['without If-Match', {}, '{"theme":"lost"}', 428, 'precondition-required', 0],
  ['with another tag', { 'If-Match': '"x"' }, '{"theme":"lost"}', 412, 'precondition-failed', 1],
  ['with a member that acme blocks', { 'If-Match': '*' }, '{"a":[{"ssn":1}]}', 422, 'unprocessable', 0],
  ['that is not an object', { 'If-Match': '*' }, '[]', 422, 'unprocessable', 0],
  ['that is not JSON', { 'If-Match': '*' }, '{', 400, 'bad-request', 0],
  [
    'of another media type',
    { 'If-Match': '*', 'Content-Type': 'text/plain' },
    '{}',
    415,
    'unsupported-media-type',
    0,
  ],
  ['of 17 KB', { 'If-Match': '*' }, `{"a":"${'x'.repeat(17_000)}"}`, 413, 'content-too-large', 0],
] as const)('rejects a change %s without writing', async (_, headers, body, status, type, reads) => {
  const state = (await get()).text;
  const before = calls();
  const answer = await patch(body, { ...headers });
  expect([answer.status, answer.body.type]).toEqual([status, `/problems/${type}`]);
  expect(calls() - before).toBe(reads);
  expect((await get()).text).toBe(state);
});

test('a user of globex sees no preferences and cannot change them', async () => {
  expect(Object.keys((await get('gina')).body)).toEqual(['_meta']);
  expect((await patch({ theme: 'x' }, { 'If-Match': '*' }, 'gina')).status).toBe(422);
});
