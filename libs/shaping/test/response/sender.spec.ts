import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Problem, type Degradation } from '@bff/service-kit';
import fc from 'fast-check';
import { createSender, type Answer, type JsonObject } from '../../src/index.ts';
import { decoded, serve, type HttpWorld, type WireAnswer } from '../wire/http-world.ts';
import { anyJsonObject, deepObject } from '../wire/json-arbitrary.ts';

const etagKey = 'a test key of more than 32 bytes!';
const sender = createSender({ etagKey });

const things = Array.from({ length: 40 }, (_, i) => ({
  id: `thing-${i}`,
  total: i * 1.5,
  note: null,
  title: 'Größe 🙂',
}));
const large: JsonObject = { name: 'First', things };
const small: JsonObject = { name: 'First' };
/** Too large for synchronous encoding: uses the thread pool. */
const huge: JsonObject = { things: Array.from({ length: 30 }, () => things).flat() };
const scope = ['t1', 'u1', 'web', '/api/thing', '', 'nested', '1'];
const lost: Degradation = { source: 'things', reason: 'timeout', fallback: 'default' };

const complete = (view: JsonObject, more: Partial<Answer> = {}): Answer => ({
  view,
  degraded: [],
  scope,
  ...more,
});

let world: HttpWorld;
/** The answer of the only route, set by each test. */
let answer: Answer;
let before: (response: ServerResponse) => void;

beforeAll(async () => {
  world = await serve((request, response) => {
    before(response);
    try {
      void sender.send(request, response, answer);
    } catch (error) {
      response.statusCode = error instanceof Problem ? error.status : 500;
      response.end(error instanceof Problem ? error.type : String(error));
    }
  });
});
afterAll(() => world.close());

function get(
  what: Answer,
  headers: OutgoingHttpHeaders = {},
  method = 'GET',
  first: (response: ServerResponse) => void = () => undefined,
) {
  answer = what;
  before = first;
  return world.exchange({ method, headers });
}

const tagOf = ({ headers }: WireAnswer) => String(headers.etag);
const tokenOf = ({ headers }: WireAnswer) =>
  tagOf({ headers } as WireAnswer)
    .replaceAll('"', '')
    .replace(/-(br|zstd|gzip)$/, '');
const json = (got: WireAnswer) => JSON.parse(decoded(got)) as Record<string, unknown>;

describe('a complete answer', () => {
  test('H5 a complete answer contains the view, and its token in _meta and in a strong ETag', async () => {
    const got = await get(complete(small));
    expect(got.status).toBe(200);
    expect(got.headers.etag).toMatch(/^"[\w-]{24}"$/);
    expect(json(got)).toEqual({ ...small, _meta: { etag: tokenOf(got), complete: true, degraded: [] } });
    expect(got.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(got.body.length),
      'cache-control': 'private, no-cache',
      vary: 'Accept-Encoding',
    });
    expect(got.headers).not.toHaveProperty('bff-degraded');
    expect(got.headers).not.toHaveProperty('server-timing');
  });

  test('a complete answer is the JSON of the view with _meta at its end, whatever the view and its length', async () => {
    const padding = fc.constantFrom<JsonObject>({}, { padding: 'ö'.repeat(20_000) });
    await fc.assert(
      fc.asyncProperty(anyJsonObject, padding, async (short, more) => {
        const view = { ...short, ...more };
        const got = await get(complete(view));
        const _meta = { etag: tokenOf(got), complete: true, degraded: [] };
        const members = { ...view };
        Reflect.deleteProperty(members, '_meta');
        expect(got.body.toString()).toBe(JSON.stringify({ ...members, _meta }));
      }),
      { numRuns: 60 },
    );
  });

  test('a member of the view named _meta is dropped, because the name is reserved', async () => {
    const got = await get(complete({ ...small, _meta: { etag: 'forged', complete: true } }));
    expect(json(got)).toEqual({ ...small, _meta: { etag: tokenOf(got), complete: true, degraded: [] } });
    expect(got.body.toString()).not.toContain('forged');
  });

  test('H5 a complete answer has another tag for another tenant, user, shape or view, and the same tag otherwise', async () => {
    const answers = [
      complete(small),
      complete(small, { scope: ['t2', ...scope.slice(1)] }),
      complete(small, { scope: ['t1', 'u2', ...scope.slice(2)] }),
      complete(small, { scope: [...scope.slice(0, 5), 'flat', '1'] }),
      complete({ name: 'first' }),
      complete({ name: 'First', other: null }),
    ];
    const tags = [];
    for (const one of answers) tags.push(tagOf(await get(one)));
    expect(new Set(tags).size).toBe(answers.length);
    expect(tagOf(await get(complete({ ...small })))).toBe(tags[0]);
  });

  test('the sender sends the header fields of an answer, except those that would misdescribe the content or allow caching', async () => {
    const headers = {
      Link: '</next>; rel="next"',
      etag: '"mine"',
      'Cache-Control': 'public, max-age=300',
      'Content-Type': 'text/html',
      'content-encoding': 'gzip',
      'Content-Length': '5',
      'Last-Modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
    };
    const got = await get(complete(small, { headers }));
    expect(got.headers).toMatchObject({
      link: '</next>; rel="next"',
      'cache-control': 'private, no-cache',
      'content-type': 'application/json',
      'content-length': String(got.body.length),
    });
    expect(tagOf(got)).not.toBe('"mine"');
    expect(got.headers).not.toHaveProperty('content-encoding');
    expect(got.headers).not.toHaveProperty('last-modified');
  });

  test('when an answer has a token of differential sync, this token is its ETag', async () => {
    const got = await get(complete(large, { token: 'sync-token' }), { 'accept-encoding': 'br' });
    expect(tagOf(got)).toBe('"sync-token-br"');
    expect(json(got)).toMatchObject({ _meta: { etag: 'sync-token' } });
    expect((await get(answer, { 'if-none-match': '"sync-token"' })).status).toBe(304);
  });

  test.each([
    [undefined, null],
    ['hit', 'echo;hit'],
    ['renewed', 'echo;hit;detail=stale-while-revalidate'],
    ['confirmed', 'echo;fwd=stale;fwd-status=304'],
    ['collapsed', 'echo;fwd=miss;collapsed'],
    ['stale', 'echo;fwd=stale;detail=stale-if-error'],
  ] as const)(
    'Cache-Status (RFC 9211) reports how a cache was involved (%s), for a 200 and a 304',
    async (cache, told) => {
      const cacheStatus = [{ source: 'echo', cache }];
      const got = await get(complete(small, { cacheStatus }));
      expect(got.headers['cache-status'] ?? null).toBe(told);
      const again = await get(complete(small, { cacheStatus }), {
        'If-None-Match': String(got.headers['etag']),
      });
      expect([again.status, again.headers['cache-status'] ?? null]).toEqual([304, told]);
    },
  );

  test('Cache-Status (RFC 9211) names each source whose answer involved a cache', async () => {
    const cacheStatus = [
      { source: 'echo', cache: 'hit' },
      { source: 'things', cache: undefined },
      { source: 'page', cache: 'collapsed' },
    ] as const;
    const got = await get(complete(small, { cacheStatus }));
    expect(got.headers['cache-status']).toBe('echo;hit, page;fwd=miss;collapsed');
  });

  test('the timings of an answer are sent as Server-Timing, with names and descriptions escaped', async () => {
    const serverTiming = [
      { name: 'things', durationMs: 12.345 },
      { name: 'echo data', durationMs: 0, description: 'a "cached" \\ copy\r\nX-Evil: 1 ä' },
    ];
    const got = await get(complete(small, { serverTiming }));
    expect(got.headers['server-timing']).toBe(
      String.raw`things;dur=12.3, echo_data;dur=0;desc="a \"cached\" \\ copy??X-Evil: 1 ?"`,
    );
    expect(got.headers).not.toHaveProperty('x-evil');
  });
});

describe('H7 a degraded answer', () => {
  const stale: Degradation = { source: 'page_count', reason: 'open', fallback: 'stale', age_ms: 1200.7 };

  test('a degraded answer says what is missing, has no tag, and is no-store', async () => {
    const got = await get({ ...complete(small), degraded: [lost, stale] });
    expect(got.status).toBe(200);
    expect(json(got)).toEqual({ ...small, _meta: { complete: false, degraded: [lost, stale] } });
    expect(got.headers).toMatchObject({
      'cache-control': 'no-store',
      vary: 'Accept-Encoding',
      'bff-degraded':
        'things;reason=timeout;fallback=default, page_count;reason=open;fallback=stale;age_ms=1201',
    });
    expect(got.headers).not.toHaveProperty('etag');
  });

  test('a degraded answer has no ETag, even if a middleware set one before', async () => {
    const degraded = { ...complete(small, { headers: { ETag: '"mine"' } }), degraded: [lost] };
    const got = await get(degraded, {}, 'GET', (response) => response.setHeader('ETag', '"older"'));
    expect(got.headers).not.toHaveProperty('etag');
  });

  test('a degraded answer is never a 304 or 412, and the next complete answer can be a 304 again', async () => {
    const good = tagOf(await get(complete(small)));
    for (const headers of [{ 'if-none-match': good }, { 'if-none-match': '*' }, { 'if-match': '"x"' }])
      expect(await get({ ...complete(small), degraded: [lost] }, headers)).toMatchObject({ status: 200 });
    expect(await get(complete(small), { 'if-none-match': good })).toMatchObject({ status: 304 });
    expect(await get(complete(small))).toMatchObject({
      headers: { etag: good, 'cache-control': 'private, no-cache' },
    });
  });

  test('a degraded answer is encoded like a complete answer, and the encoded body is not cached', async () => {
    const one = await get({ ...complete(large), degraded: [lost] }, { 'accept-encoding': 'br' });
    const other = await get(
      { ...complete({ ...large, name: 'Other' }), degraded: [lost] },
      { 'accept-encoding': 'br' },
    );
    expect([json(one)['name'], json(other)['name']]).toEqual(['First', 'Other']);
    expect(other.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-store' });
  });

  test.each([
    ['*', '*'],
    ['a:b/c', 'a:b/c'],
    ['9lives', '"9lives"'],
    ['two words', '"two words"'],
    ['a"b\\', String.raw`"a\"b\\"`],
    ['ä\r\n', '"???"'],
  ])('BFF-Degraded names the source %j in the syntax of RFC 9651', async (source, item) => {
    const got = await get({ ...complete(small), degraded: [{ ...lost, source }] });
    expect(got.headers['bff-degraded']).toBe(`${item};reason=timeout;fallback=default`);
  });

  test('a degraded answer contains no additional member of the degradation', async () => {
    const degraded = [{ ...lost, error: 'connect ECONNREFUSED 10.0.0.7' }];
    const got = await get({ ...complete(small), degraded });
    expect(json(got)).toEqual({ ...small, _meta: { complete: false, degraded: [lost] } });
  });
});

describe('content coding', () => {
  test.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['zstd', 'zstd'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.9', 'gzip'],
    ['*', 'zstd'],
    ['*;q=0.5, zstd;q=0', 'br'],
    ['identity, br;q=0.9', undefined],
    ['deflate', undefined],
    ['identity;q=0, *', 'zstd'],
    ['gzip;q=broken', undefined],
  ])(
    'an answer to a request with Accept-Encoding %.40j has the Content-Encoding %j',
    async (field, coding) => {
      const got = await get(complete(large), field === undefined ? {} : { 'accept-encoding': field });
      expect(got.status).toBe(200);
      expect(got.headers['content-encoding']).toBe(coding);
      expect(got.headers.vary).toBe('Accept-Encoding');
      expect(tagOf(got)).toBe(coding ? `"${tokenOf(got)}-${coding}"` : `"${tokenOf(got)}"`);
      expect(got.headers['content-length']).toBe(String(got.body.length));
      expect(json(got)).toMatchObject(large);
    },
  );

  test.each([['identity;q=0'], ['*;q=0'], ['deflate, *;q=0']])(
    'a request with Accept-Encoding %s, which refuses all codings, returns 406',
    async (field) => {
      for (const headers of [{}, { 'if-none-match': '*' }])
        expect(await get(complete(small), { ...headers, 'accept-encoding': field })).toMatchObject({
          status: 406,
        });
    },
  );

  test('H8 a request with an Accept-Encoding of 8 KB returns 431', async () => {
    const got = await get(complete(large), { 'accept-encoding': 'br,'.repeat(2730) });
    expect(got.status).toBe(431);
  });

  test('a body of up to 1 KB is sent without content coding, unless the client refuses identity', async () => {
    const padding = 1024 - (await get(complete({ p: '' }))).body.length;
    for (const [length, field, coding] of [
      [padding, 'br', undefined],
      [padding + 1, 'br', 'br'],
      [padding, 'br, identity;q=0', 'br'],
    ] as const) {
      const got = await get(complete({ p: 'x'.repeat(length) }), { 'accept-encoding': field });
      expect(got.headers['content-encoding']).toBe(coding);
    }
  });

  test.each([
    ['request', { 'cache-control': 'no-transform' }, {}],
    ['request among others', { 'cache-control': 'max-age=0,No-Transform ,no-cache' }, {}],
    ['answer', {}, { 'cache-control': 'private, no-transform' }],
  ])('a body is sent without content coding when no-transform is in the %s', async (_, headers, given) => {
    const got = await get(complete(large, { headers: given }), { 'accept-encoding': 'br', ...headers });
    expect(got.headers).not.toHaveProperty('content-encoding');
    const refused = await get(complete(large, { headers: given }), {
      'accept-encoding': 'br, *;q=0',
      ...headers,
    });
    expect(refused.headers['content-encoding']).toBe('br');
  });

  test('a body is sent without content coding when a middleware set no-transform, which is passed on', async () => {
    const got = await get(complete(large), { 'accept-encoding': 'br' }, 'GET', (response) =>
      response.setHeader('Cache-Control', 'no-transform'),
    );
    expect(got.headers).not.toHaveProperty('content-encoding');
    expect(got.headers['cache-control']).toBe('private, no-cache, no-transform');
  });

  test('H5 a small or large body decodes to the same bytes in every coding, whether it was encoded just now or cached', async () => {
    for (const view of [large, huge]) {
      const plain = await get(complete(view));
      for (const coding of ['br', 'zstd', 'gzip']) {
        const first = await get(complete(view), { 'accept-encoding': coding });
        const again = await get(complete(view), { 'accept-encoding': coding });
        expect(first.headers['content-encoding']).toBe(coding);
        expect(decoded(first)).toBe(plain.body.toString());
        expect(again.body.equals(first.body)).toBe(true);
        expect(tagOf(again)).toBe(tagOf(first));
        expect(first.body.length).toBeLessThan(plain.body.length / 3);
      }
    }
  });

  test('concurrent requests for a large body get the same encoded bytes', async () => {
    const view = { ...huge, one: 'more' };
    const got = await Promise.all(
      Array.from({ length: 8 }, () => get(complete(view), { 'accept-encoding': 'br' })),
    );
    expect(new Set(got.map(({ body }) => body.toString('base64'))).size).toBe(1);
    expect(json(got[0] as WireAnswer)).toMatchObject({ one: 'more' });
  });

  test('a body decodes to the same JSON in every coding, whatever the view', async () => {
    await fc.assert(
      fc.asyncProperty(anyJsonObject, fc.constantFrom('br', 'zstd', 'gzip'), async (view, coding) => {
        const padded = { view, padding: 'x'.repeat(1024) };
        const plain = await get(complete(padded));
        const coded = await get(complete(padded), { 'accept-encoding': coding });
        expect(coded.headers['content-encoding']).toBe(coding);
        expect(decoded(coded)).toBe(plain.body.toString());
      }),
      { numRuns: 60 },
    );
  });
});

describe('H6 Vary', () => {
  test.each([
    [undefined, undefined, 'Accept-Encoding'],
    ['Origin', undefined, 'Origin, Accept-Encoding'],
    ['Origin, Cookie', 'Authorization', 'Origin, Cookie, Authorization, Accept-Encoding'],
    ['accept-encoding', 'Accept-Encoding', 'Accept-Encoding'],
    [undefined, '*', '*'],
  ])(
    'when Vary was set to %j before, and is %j in the answer, the response has Vary: %s',
    async (earlier, given, vary) => {
      const what = complete(large, { headers: given === undefined ? {} : { Vary: given } });
      const first = (response: ServerResponse) => void (earlier && response.setHeader('vary', earlier));
      const full = await get(what, {}, 'GET', first);
      const coded = await get(what, { 'accept-encoding': 'br' }, 'GET', first);
      const head = await get(what, {}, 'HEAD', first);
      const unchanged = await get(what, { 'if-none-match': tagOf(full) }, 'GET', first);
      expect(unchanged.status).toBe(304);
      for (const got of [full, coded, head, unchanged]) expect(got.headers.vary).toBe(vary);
    },
  );
});

describe('conditional requests (RFC 9110, section 13)', () => {
  /** `t` is the token of the current view, `x` another one. */
  const table: readonly (readonly [
    name: string,
    headers: Record<string, string>,
    status: number,
    etag: string,
  ])[] = [
    ['the tag', { 'if-none-match': '"t"' }, 304, '"t"'],
    ['another tag', { 'if-none-match': '"x"' }, 200, '"t"'],
    ['the tag in a list', { 'if-none-match': '"x", "t" , "y"' }, 304, '"t"'],
    ['a list without the tag', { 'if-none-match': '"x", "y"' }, 200, '"t"'],
    ['weak comparison', { 'if-none-match': 'W/"t"' }, 304, '"t"'],
    ['weak comparison in a list', { 'if-none-match': 'W/"x",W/"t"' }, 304, '"t"'],
    ['any representation', { 'if-none-match': '*' }, 304, '"t"'],
    [
      'any representation, with a content coding',
      { 'if-none-match': '*', 'accept-encoding': 'br' },
      304,
      '"t-br"',
    ],
    ['the tag without quotes', { 'if-none-match': 't' }, 200, '"t"'],
    ['a malformed list', { 'if-none-match': '"x" "t"' }, 200, '"t"'],
    ['an empty field', { 'if-none-match': '' }, 200, '"t"'],
    ['the tag in another case', { 'if-none-match': '"T"' }, 200, '"t"'],
    ['the tag with an additional character', { 'if-none-match': '"t-"' }, 200, '"t"'],
    ['the tag of the coding', { 'if-none-match': '"t-br"', 'accept-encoding': 'br' }, 304, '"t-br"'],
    ['the weak tag of the coding', { 'if-none-match': 'W/"t-br"', 'accept-encoding': 'br' }, 304, '"t-br"'],
    [
      'the tag of the identity coding, which is still acceptable',
      { 'if-none-match': '"t"', 'accept-encoding': 'br' },
      304,
      '"t"',
    ],
    [
      'the tag of the identity coding, which the client refuses',
      { 'if-none-match': '"t"', 'accept-encoding': 'br, *;q=0' },
      200,
      '"t-br"',
    ],
    [
      'the tag of a coding with a lower weight',
      { 'if-none-match': '"t-gzip"', 'accept-encoding': 'br, gzip;q=0.1' },
      304,
      '"t-gzip"',
    ],
    [
      'the tag of a coding that the client does not accept',
      { 'if-none-match': '"t-gzip"', 'accept-encoding': 'br' },
      200,
      '"t-br"',
    ],
    [
      'the tag of a coding that the client refuses',
      { 'if-none-match': '"t-gzip"', 'accept-encoding': 'br, gzip;q=0' },
      200,
      '"t-br"',
    ],
    ['the tag of a coding, without Accept-Encoding', { 'if-none-match': '"t-br"' }, 304, '"t-br"'],
    [
      'the tag of a coding, with an empty Accept-Encoding',
      { 'if-none-match': '"t-br"', 'accept-encoding': '' },
      200,
      '"t"',
    ],
    ['the best of two tags', { 'if-none-match': '"t", "t-br"', 'accept-encoding': 'br' }, 304, '"t-br"'],
    [
      'the tag of an unsupported coding',
      { 'if-none-match': '"t-deflate"', 'accept-encoding': 'deflate' },
      200,
      '"t"',
    ],
    [
      'If-Modified-Since with a past date',
      { 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' },
      200,
      '"t"',
    ],
    [
      'If-Modified-Since with a future date',
      { 'if-modified-since': 'Sun, 06 Nov 2094 08:49:37 GMT' },
      200,
      '"t"',
    ],
    ['If-Modified-Since with an invalid date', { 'if-modified-since': 'yesterday' }, 200, '"t"'],
    [
      'If-Modified-Since and another tag',
      { 'if-none-match': '"x"', 'if-modified-since': 'Sun, 06 Nov 2094 08:49:37 GMT' },
      200,
      '"t"',
    ],
    [
      'If-Modified-Since and the tag',
      { 'if-none-match': '"t"', 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' },
      304,
      '"t"',
    ],
    [
      'If-Unmodified-Since with a past date',
      { 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' },
      200,
      '"t"',
    ],
    ['If-Match', { 'if-match': '"t"' }, 200, '"t"'],
    ['If-Match with a list', { 'if-match': '"x", "t"' }, 200, '"t"'],
    ['If-Match with *', { 'if-match': '*' }, 200, '"t"'],
    ['If-Match with another tag', { 'if-match': '"x"' }, 412, ''],
    ['If-Match compares strongly', { 'if-match': 'W/"t"' }, 412, ''],
    ['malformed If-Match', { 'if-match': 't' }, 412, ''],
    ['If-Match is evaluated before If-None-Match', { 'if-match': '"x"', 'if-none-match': '"t"' }, 412, ''],
    ['If-Match and If-None-Match with the tag', { 'if-match': '"t"', 'if-none-match': '"t"' }, 304, '"t"'],
    ['If-Range without Range', { 'if-range': '"t"' }, 200, '"t"'],
    ['Range, which is not supported', { range: 'bytes=0-1' }, 200, '"t"'],
  ];

  test.each(table)(
    'precondition "%s": a read with the header fields %j returns %i',
    async (_, headers, status, etag) => {
      const token = tokenOf(await get(complete(large)));
      const put = (text: string) => text.replaceAll(/"t(?=["-])/g, `"${token}`);
      const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, put(value)]));
      for (const method of ['GET', 'HEAD']) {
        const got = await get(complete(large), sent, method);
        expect(got.status).toBe(status);
        expect(got.headers.etag ?? '').toBe(put(etag));
        if (status === 304) expect(got.body).toHaveLength(0);
      }
    },
  );

  test('H6 a 304 has the header fields of a 200, except those that describe content', async () => {
    const what = complete(large, {
      headers: { Link: '</next>; rel="next"' },
      serverTiming: [{ name: 'a', durationMs: 1 }],
    });
    const { headers } = await get(what, { 'accept-encoding': 'br' });
    const unchanged = await get(what, { 'accept-encoding': 'br', 'if-none-match': String(headers.etag) });
    expect(unchanged.status).toBe(304);
    const expected = { ...headers, date: expect.any(String) };
    for (const name of ['content-type', 'content-length', 'content-encoding'])
      Reflect.deleteProperty(expected, name);
    expect(unchanged.headers).toEqual(expected);
  });

  test('If-None-Match: * is evaluated for the representation that would be sent, which for a small body has no coding', async () => {
    const { headers } = await get(complete(small));
    const got = await get(complete(small), { 'if-none-match': '*', 'accept-encoding': 'br' });
    expect(got).toMatchObject({ status: 304, headers: { etag: headers.etag } });
  });

  test('H5 when the view has changed, the complete answer is sent', async () => {
    const { headers } = await get(complete(large));
    const got = await get(complete({ ...large, name: 'Other' }), { 'if-none-match': String(headers.etag) });
    expect(got.status).toBe(200);
    expect(got.headers.etag).not.toBe(headers.etag);
  });
});

describe('methods', () => {
  test.each([
    ['a complete answer', {}, []],
    ['a coded answer', { 'accept-encoding': 'br' }, []],
    ['an answer coded on the thread pool', { 'accept-encoding': 'gzip' }, []],
    ['a degraded answer', { 'accept-encoding': 'zstd' }, [lost]],
  ])('HEAD of %s has the header fields of GET without the body', async (name, headers, degraded) => {
    const what = { ...complete(name.includes('pool') ? huge : large), degraded };
    const { headers: expected } = await get(what, headers);
    const head = await get(what, headers, 'HEAD');
    expect(head.body).toHaveLength(0);
    expect(head.status).toBe(200);
    expect({ ...head.headers, date: '' }).toEqual({ ...expected, date: '' });
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
  });

  test.each([['POST'], ['PATCH']])(
    'the answer of a %s is no-store, and no precondition of a read applies',
    async (method) => {
      const tag = tagOf(await get(complete(small)));
      const got = await get(
        complete(small, { headers: { ETag: '"of-settings"' } }),
        { 'if-none-match': tag },
        method,
      );
      expect(got.status).toBe(200);
      expect(got.headers).toMatchObject({ 'cache-control': 'no-store', etag: '"of-settings"' });
      expect(json(got)).toEqual({ ...small, _meta: { complete: true, degraded: [] } });
    },
  );

  test('an answer with a status other than 200 has no tag and ignores preconditions', async () => {
    const got = await get(complete(small, { status: 202 }), { 'if-none-match': '*' });
    expect(got.status).toBe(202);
    expect(got.headers['cache-control']).toBe('no-store');
    expect(got.headers).not.toHaveProperty('etag');
  });
});

test('H8 sending a view nested 100,000 levels deep throws upstream-failed, and the next answer is sent normally', async () => {
  const got = await get(complete(deepObject(100_000)));
  expect(got.status).toBe(502);
  expect(got.body.toString()).toBe('upstream-failed');
  expect((await get(complete(small))).status).toBe(200);
});

test('H5 createSender throws TypeError when the key is too short', () => {
  expect(() => createSender({ etagKey: 'short' })).toThrow(TypeError);
});

test('H5 with codedBodyBytes 0, every encoded answer is still correct', async () => {
  const poor = createSender({ etagKey, codedBodyBytes: 0 });
  const one = await serve((request, response) => void poor.send(request, response, complete(huge)));
  const [first, again] = [
    await one.exchange({ headers: { 'accept-encoding': 'br' } }),
    await one.exchange({ headers: { 'accept-encoding': 'br' } }),
  ];
  await one.close();
  expect(json(first)).toMatchObject(huge);
  expect(again.body.equals(first.body)).toBe(true);
});
