import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { screens as table } from '../../src/screens.ts';
import { addressOf, memberOf } from '@bff/demo-world';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const methodsOf = (path: string): string =>
  table.rows
    .filter((row) => row.path === path)
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
/** Every screen of the table: its path, a member of its answer, and the `Allow` of the path. */
const screens = table.rows.flatMap(({ path, entry }) =>
  entry.kind === 'screen'
    ? [[addressOf('/api', path), memberOf(entry.answer), methodsOf(path)] as const]
    : [],
);
type Method = 'get' | 'head';
async function ask(method: Method, path: string, headers: Record<string, string> = {}, user = 'alice') {
  const { Authorization } = await rig.as(user);
  const client = request(rig.service.url);
  return client[method](path).set({ Authorization, ...headers });
}
const calls = () =>
  Object.values(rig.world.services.services)
    .flatMap((service) => Object.values(service.calls()))
    .reduce((sum, count) => sum + count, 0);

describe.each(screens)('%s', (path, member, allow) => {
  test.each(['identity', 'gzip', 'br', 'zstd'])(
    'H6 the answers 200, 304 and HEAD of a screen have the same header fields in the coding %s',
    async (coding) => {
      const accept = { 'Accept-Encoding': coding };
      const whole = await fetch(rig.service.url + path, {
        headers: { ...(await rig.as('alice')), ...accept },
      });
      const body = (await whole.json()) as { _meta: { etag: string; complete: boolean } };
      const coded = whole.headers.get('content-encoding');
      const etag = whole.headers.get('etag')!;
      expect(whole.status).toBe(200);
      expect(etag).toBe(coded === null ? `"${body._meta.etag}"` : `"${body._meta.etag}-${coding}"`);

      const head = await ask('head', path, accept);
      expect([head.status, head.text]).toEqual([200, undefined]);
      for (const name of [
        'etag',
        'content-length',
        'content-encoding',
        'content-type',
        'vary',
        'cache-control',
      ])
        expect([name, head.headers[name] ?? null]).toEqual([name, whole.headers.get(name)]);

      const again = await ask('get', path, { ...accept, 'If-None-Match': etag });
      expect([again.status, again.text]).toEqual([304, '']);
      for (const name of ['etag', 'vary', 'cache-control'])
        expect(again.headers[name]).toBe(whole.headers.get(name));
      expect(again.headers).toMatchObject({
        vary: 'Accept-Encoding, A-IM',
        'cache-control': 'private, no-cache',
      });
    },
  );

  test('H2 `fields` limits the answer of a screen to the named members', async () => {
    const whole = (await ask('get', path)).body;
    const { _meta, ...view } = (await ask('get', `${path}?fields=${member}`)).body;
    expect(view).toEqual({ [member]: whole[member] });
    expect(_meta.etag).not.toBe(whole._meta.etag);
  });

  test('H3 the answer of a screen contains no null, and the parameter shape=flat is ignored', async () => {
    const { text, body } = await ask('get', `${path}?shape=flat`);
    expect(text).not.toContain('null');
    expect(body).toEqual((await ask('get', path)).body);
  });

  test.each([
    'fields=',
    'fields=a..b',
    'fields=__proto__',
    'fields=a&fields=b',
    `fields=${'a'.repeat(10_240)}`,
    `fields=${Array(5_000).fill('a').join(',')}`,
  ])('a screen answers the query ?%.40s with 400, without an upstream call', async (query) => {
    const before = calls();
    const { status, headers } = await ask('get', `${path}?${query}`);
    expect([status, headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(calls()).toBe(before);
  });

  test('a screen answers an unsupported method with 405 and Allow', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'].filter((each) => !allow.includes(each))) {
      const answer = await fetch(rig.service.url + path, { method, headers: await rig.as('alice') });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    }
  });

  test('a request without a token is answered with 401, without an upstream call', async () => {
    const before = calls();
    const { status, body } = await request(rig.service.url).get(path);
    expect([status, body.type]).toEqual([401, '/problems/not-authenticated']);
    expect(calls()).toBe(before);
  });
});
