import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unflatten, type FlatView } from '@bff/shaping';
import request from 'supertest';
import { screens as table } from '../../src/screens.ts';
import { addressOf, memberOf } from '@bff/demo-world';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

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
const get = (path: string, user = 'alice') => request(rig.service.url).get(path).set(rig.as(user));
/** Removes fields that differ between equal answers: Last-Modified starts a second after the login. */
const lasting = (headers: Record<string, string>) => {
  const { date, 'x-request-id': id, 'server-timing': timing, ...rest } = headers;
  delete rest['last-modified'];
  expect([date, id, timing]).not.toContain(undefined);
  return rest;
};
const withoutMeta = ({ _meta, ...view }: Record<string, unknown>) => {
  expect(_meta).toMatchObject({ complete: true });
  return view;
};

describe.each(screens)('%s', (path, member, allow) => {
  test('a 200 of a screen is private, has an ETag, and varies by content coding', async () => {
    const { status, headers, body } = await get(path).set('Accept-Encoding', 'identity');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'private, no-cache',
      vary: 'Accept-Encoding',
    });
    expect(headers['etag']).toBe(`"${body._meta.etag}"`);
    expect(headers['bff-degraded']).toBeUndefined();
  });

  test('H6 the 304 of a screen and the answer to HEAD have the header fields of the 200, and no body', async () => {
    const whole = await get(path).set('Accept-Encoding', 'gzip');
    const head = await request(rig.service.url)
      .head(path)
      .set(rig.as('alice'))
      .set('Accept-Encoding', 'gzip');
    expect([head.status, head.text]).toEqual([200, undefined]);
    expect(lasting(head.headers)).toEqual(lasting(whole.headers));
    const etag = whole.headers['etag']!;
    const again = await get(path).set('If-None-Match', `"other", W/${etag}`);
    expect([again.status, again.text]).toEqual([304, '']);
    for (const name of ['etag', 'vary', 'cache-control'])
      expect(again.headers[name]).toBe(whole.headers[name]);
    expect(again.headers['content-type']).toBeUndefined();
    expect(again.headers['content-length']).toBeUndefined();
  });

  test('H5 each content coding, selection and shape of a screen has its own ETag', async () => {
    const tags = new Set<string>();
    const variants = ['', `?fields=${member}`, '?shape=flat', `?fields=${member}&shape=flat`];
    for (const query of variants)
      for (const coding of ['identity', 'br', 'zstd', 'gzip']) {
        const answer = await fetch(rig.service.url + path + query, {
          headers: { ...rig.as('alice'), 'Accept-Encoding': coding },
        });
        const coded = answer.headers.get('content-encoding');
        expect([coding, 'identity']).toContain(coded ?? 'identity');
        expect(answer.headers.get('etag')).toMatch(coded ? new RegExp(`-${coded}"$`) : /^"[\w-]{24}"$/);
        tags.add(`${answer.headers.get('etag')} ${coded}`);
        expect(answer.headers.get('vary')).toBe('Accept-Encoding');
        await answer.arrayBuffer();
      }
    const codingsOfSmall = [...tags].filter((tag) => tag.endsWith(' null')).length;
    expect(codingsOfSmall).toBeGreaterThanOrEqual(variants.length);
    expect(new Set([...tags].map((tag) => tag.split(' ')[0])).size).toBe(tags.size);
  });

  test('H2 H4 `fields` limits a screen to the named members, and `shape=flat` can be reversed', async () => {
    const whole = withoutMeta((await get(path)).body);
    expect(withoutMeta((await get(`${path}?fields=${member}`)).body)).toEqual({ [member]: whole[member] });
    expect(withoutMeta((await get(`${path}?fields=nothing`)).body)).toEqual({});
    const flat = withoutMeta((await get(`${path}?shape=flat`)).body);
    expect(unflatten(flat as FlatView)).toEqual(whole);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) => !allow.includes(method)))(
    '%s on a screen that does not support the method is answered with 405 and Allow, without an upstream call',
    async (method) => {
      const before = upstreamCalls(rig.world);
      const answer = await fetch(rig.service.url + path, { method, headers: { ...rig.as('alice') } });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe(allow);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(upstreamCalls(rig.world)).toBe(before);
    },
  );

  test.each([
    'fields=',
    'fields=a..b',
    'fields=a[',
    'fields=[*].id',
    'fields=__proto__.x',
    'fields=a.constructor',
    'fields=a&fields=b',
    `fields=${'a'.repeat(10_240)}`,
    `fields=${Array(5_000).fill('a').join(',')}`,
    `fields=a${'.a'.repeat(10)}`,
    'shape=round',
    'shape=flat&shape=nested',
  ])('a screen answers the query ?%.40s with 400, without an upstream call', async (query) => {
    const before = upstreamCalls(rig.world);
    const { status, headers, body } = await get(`${path}?${query}`);
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.detail).toEqual(expect.any(String));
    expect(upstreamCalls(rig.world)).toBe(before);
  });
});
