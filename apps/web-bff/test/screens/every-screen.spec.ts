import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unflatten, type FlatView } from '@bff/shaping';
import request from 'supertest';
import { screens as table } from '../../src/screens.ts';
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
/** Of an answer without declared members, the name of one that the demo data has. */
const memberOf = (answer: unknown): string =>
  Object.keys((answer as { shape?: object }).shape ?? { theme: true })[0] ?? '';
/** Every screen of the table: its address, a member that it answers, and `Allow` of its path. */
const screens = table.rows.flatMap(({ path, entry }) =>
  entry.kind === 'screen'
    ? [[`/api${path.replace('{id}', 'alice-o2')}`, memberOf(entry.answer), methodsOf(path)] as const]
    : [],
);
const get = (path: string, user = 'alice') => request(rig.service.url).get(path).set(rig.as(user));
/** Drops what differs between equal answers; the modification date is sent from the second after the login on. */
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
  test('200: private, tagged, varying by coding', async () => {
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

  test('H6 304 and HEAD say what 200 says, without a body', async () => {
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

  test('H5 each coding, selection and shape has a tag of its own', async () => {
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

  test('H2 fields= keeps what is named, H4 shape=flat can be undone', async () => {
    const whole = withoutMeta((await get(path)).body);
    expect(withoutMeta((await get(`${path}?fields=${member}`)).body)).toEqual({ [member]: whole[member] });
    expect(withoutMeta((await get(`${path}?fields=nothing`)).body)).toEqual({});
    const flat = withoutMeta((await get(`${path}?shape=flat`)).body);
    expect(unflatten(flat as FlatView)).toEqual(whole);
  });

  test('globex sees names, emails and ids of orders, whatever is asked', async () => {
    const own = path.replace('alice', 'gina');
    const everything = '?fields=name,email,id,status,orders[*].id,orders[*].status,theme,notifications[*].id';
    for (const query of ['', everything, '?shape=flat']) {
      const { status, text } = await get(own + query, 'gina');
      expect(status).toBe(200);
      const view = withoutMeta(JSON.parse(text));
      const named = Object.keys(view).filter((name) => !/^(name|email|id|orders(\.\d+\.id)?|next_cursor)$/.test(name));
      expect(named).toEqual([]);
      for (const order of (view['orders'] ?? []) as object[]) expect(Object.keys(order)).toEqual(['id']);
      expect(text).not.toMatch(/SSN|INTERNAL|total_cents|theme|title/);
    }
  }); // prettier-ignore

  test('T1 one id in two tenants: two tags', async () => {
    const own = path.replace('alice', 'max');
    const of = async (tenant: string) => (await get(own, 'max').set('X-Tenant-ID', tenant)).headers['etag'];
    expect(await of('acme')).toBeDefined();
    expect(await of('acme')).not.toBe(await of('globex'));
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) => !allow.includes(method)))(
    '%s: 405 with Allow, and no upstream call',
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
  ])('?%.40s is a bad request, and calls no upstream', async (query) => {
    const before = upstreamCalls(rig.world);
    const { status, headers, body } = await get(`${path}?${query}`);
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.detail).toEqual(expect.any(String));
    expect(upstreamCalls(rig.world)).toBe(before);
  });
});

test('POST only, where there is nothing to read', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
    const url = `${rig.service.url}/api/notifications/alice-n1/read`;
    const { status, headers } = await fetch(url, { method, headers: { ...rig.as('alice') } });
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  }
});

describe('H8 input that is out of all proportion', () => {
  /** Milliseconds from the last byte that was needed to the first of the answer; nothing waits for the rest. */
  function exchange(method: string, path: string, headers: Record<string, string>, body: string) {
    const { hostname, port } = new URL(rig.service.url);
    return new Promise<{ status: number; cpuMs: number }>((resolve, reject) => {
      const fields = { Host: 'x', ...rig.as('alice'), ...headers };
      const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
      const socket = connect(Number(port), hostname);
      socket.once('error', reject).once('connect', () => {
        const begun = process.threadCpuUsage();
        socket.once('data', (data) => {
          const { user, system } = process.threadCpuUsage(begun);
          resolve({ status: Number(data.toString().slice(9, 12)), cpuMs: (user + system) / 1_000 });
          socket.destroy();
        });
        socket.write(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`);
      });
    });
  }
  const json = { 'Content-Type': 'application/json', 'If-Match': '*' };
  const nested = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
  const small = '['.repeat(8_000) + ']'.repeat(8_000);

  test.each<[string, number, string, string, Record<string, string>, body: string]>([
    ['fields of 10 KB', 400, 'GET', `/api/orders?fields=${'a'.repeat(10_240)}`, {}, ''],
    ['10,000 paths', 431, 'GET', `/api/orders?fields=${Array(10_000).fill('a').join(',')}`, {}, ''],
    ['Accept-Encoding of 8 KB', 431, 'GET', '/api/orders', { 'Accept-Encoding': 'gzip,'.repeat(1_638) }, ''],
    ['a cursor of 10 KB', 400, 'GET', `/api/orders?cursor=${'A'.repeat(10_240)}`, {}, ''],
    ['an id of 10 KB', 404, 'GET', `/api/orders/${'a'.repeat(10_240)}`, {}, ''],
    ['a body of 10 MB, announced', 413, 'PATCH', '/api/preferences', { ...json, 'Content-Length': '10485760' }, '{"a":"'],
    ['a body of 10 MB to mark as read', 413, 'POST', '/api/notifications/alice-n1/read', { ...json, 'Content-Length': '10485760' }, '{"a":"'],
    ['JSON nested 100,000 deep', 413, 'PATCH', '/api/preferences', { ...json, 'Content-Length': String(nested.length) }, nested],
    ['JSON nested 8,000 deep, within the limit of size', 400, 'PATCH', '/api/preferences', { ...json, 'Content-Length': String(small.length) }, small],
  ])('%s: %i with little CPU time, and the next request is served', async (_, status, method, path, headers, body) => {
    const before = upstreamCalls(rig.world);
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const answer = await exchange(method, path, headers, body);
      expect(answer.status).toBe(status);
      times.push(answer.cpuMs);
    }
    // CPU time of the thread in milliseconds, the smallest of five: other work of the machine does not count.
    expect(Math.min(...times)).toBeLessThan(20);
    // A 431 of Accept-Encoding is found when the answer is made.
    if (!('Accept-Encoding' in headers)) expect(upstreamCalls(rig.world)).toBe(before);
    expect((await get('/api/orders')).status).toBe(200);
  }); // prettier-ignore
});
