import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createCachedWorld, type Answer, type Headers } from './cached-world.ts';
import { createWorld, otherId, ownerId, thingId } from '../world.ts';

/**
 * Covers the areas of the public test suite for HTTP caches that concern a private cache of JSON and that
 * response-cache.spec.ts does not cover. The table in the README lists the areas that are claimed.
 */
const world = createWorld();
afterEach(world.end);

type At = (seconds: number) => string;
type CachedWorld = Awaited<ReturnType<typeof createCachedWorld>>;

/** The result of one read: the cache entry was reused, confirmed or served stale, the upstream was called, or there is no value. */
async function read({ label, seen }: CachedWorld) {
  const before = seen.length;
  const outcome = await label();
  if (outcome.kind === 'failed') return outcome.stale ? 'stale' : 'failed';
  if (outcome.kind !== 'value') return outcome.kind;
  return outcome.cache === 'confirmed' ? 'confirmed' : seen.length > before ? 'called' : 'reused';
}

describe('A7 header fields of an answer', () => {
  const minute = 'max-age=60';
  const year = 'Thu, 18 Aug 2050 02:01:18 GMT';

  const rows: readonly [circumstance: string, headers: (at: At) => Headers, afterSeconds: number, isReused: boolean][] = [
    ['Age is a letter', () => ({ 'Cache-Control': minute, Age: 'abc' }), 30, true],
    ['Age is negative', () => ({ 'Cache-Control': minute, Age: '-7200' }), 30, true],
    ['Age is a fraction', () => ({ 'Cache-Control': minute, Age: '7200.0' }), 30, true],
    ['Age has a parameter', () => ({ 'Cache-Control': minute, Age: '7200;foo=bar' }), 30, true],
    ['Age is 2^31 - 1', () => ({ 'Cache-Control': minute, Age: '2147483647' }), 0, false],
    ['Age is 2^31', () => ({ 'Cache-Control': minute, Age: '2147483648' }), 0, false],
    ['Age has 400 digits', () => ({ 'Cache-Control': minute, Age: '9'.repeat(400) }), 0, false],
    ['Age is the list 0, 7200', () => ({ 'Cache-Control': minute, Age: '0, 7200' }), 30, true],
    ['Age has two lines, 7200 and 0', () => ({ 'Cache-Control': minute, Age: ['7200', '0'] }), 0, false],
    ['Age has two lines, 0 and 7200', () => ({ 'Cache-Control': minute, Age: ['0', '7200'] }), 30, true],
    ['Age exceeds the lifetime from a slow Date to Expires', (at) => ({ Expires: at(10), Date: at(-10), Age: '25' }), 0, false],
    ['Age exceeds the lifetime from a fast Date to Expires', (at) => ({ Expires: at(20), Date: at(10), Age: '15' }), 0, false],
    ['max-age has leading zeros', () => ({ 'Cache-Control': 'max-age=0060' }), 58, true],
    ['max-age is 2^31', () => ({ 'Cache-Control': 'max-age=2147483648' }), 9_999, true],
    ['max-age is above 2^31', () => ({ 'Cache-Control': 'max-age=99999999999' }), 9_999, true],
    ['max-age is in single quotes', () => ({ 'Cache-Control': "max-age='60'" }), 0, false],
    ['max-age begins with a letter', () => ({ 'Cache-Control': 'max-age=a60' }), 0, false],
    ['max-age ends with a letter', () => ({ 'Cache-Control': 'max-age=60a' }), 0, false],
    ['max-age is a fraction of zero', () => ({ 'Cache-Control': 'max-age=60.0' }), 0, false],
    ['max-age has a space before its equals sign', () => ({ 'Cache-Control': 'max-age =60' }), 0, false],
    ['max-age has a space after its equals sign', () => ({ 'Cache-Control': 'max-age= 60' }), 0, false],
    ['max-age has no value', () => ({ 'Cache-Control': 'max-age' }), 0, false],
    ['max-age is not valid, but Expires is', (at) => ({ 'Cache-Control': 'max-age=x', Expires: at(900) }), 0, false],
    ['max-age comes twice and 600 is first', () => ({ 'Cache-Control': 'max-age=600, max-age=1' }), 30, true],
    ['max-age comes in two lines and 1 is first', () => ({ 'Cache-Control': ['max-age=1', 'max-age=600'] }), 30, false],
    ['a quoted max-age comes before the real one', () => ({ 'Cache-Control': 'ext="max-age=600", max-age=1' }), 30, false],
    ['a quoted max-age comes after the real one', () => ({ 'Cache-Control': 'max-age=1, ext="max-age=600"' }), 30, false],
    ['a quoted max-age follows an escaped quote', () => ({ 'Cache-Control': 'ext="\\", max-age=600", max-age=1' }), 30, false],
    ['no-store follows a quote that does not end', () => ({ 'Cache-Control': 'max-age=60, ext="x, no-store' }), 0, false],
    ['no-store is in mixed case', () => ({ 'Cache-Control': 'No-StOrE', Expires: year }), 0, false],
    ['no-cache is in mixed case', () => ({ 'Cache-Control': 'max-age=60, No-CaChE', Expires: year }), 0, false],
    ['no-store is only a part of longer names', () => ({ 'Cache-Control': 'max-age=60, no-storey, xno-store' }), 30, true],
    ['immutable is set and the entry is fresh', () => ({ 'Cache-Control': 'max-age=60, immutable' }), 58, true],
    ['immutable is set and the entry is stale', () => ({ 'Cache-Control': 'max-age=60, immutable' }), 61, false],
    ['max-age comes with an Expires that is not a date', () => ({ 'Cache-Control': minute, Expires: '0' }), 30, true],
    ['stale-while-revalidate follows max-age=0', () => ({ 'Cache-Control': 'max-age=0, stale-while-revalidate=60' }), 30, true],
    ['Age uses up the stale-while-revalidate time', () => ({ 'Cache-Control': 'max-age=10, stale-while-revalidate=60', Age: '50' }), 30, false],
    ['Expires is now', (at) => ({ Expires: at(0) }), 0, false],
    ['Expires is before a Date that is ahead of the clock', (at) => ({ Expires: at(300), Date: at(400) }), 0, false],
    ['Expires is far ahead', () => ({ Expires: 'Sun, 21 Nov 2286 04:46:39 GMT' }), 9_999, true],
    ['Expires is an RFC 850 date whose year is less than 50 ahead', () => ({ Expires: 'Thursday, 18-Aug-50 02:01:18 GMT' }), 60, true],
    ['Expires is an RFC 850 date whose year is more than 50 ahead', () => ({ Expires: 'Tuesday, 18-Aug-99 02:01:18 GMT' }), 0, false],
    ['Expires is an asctime date whose day has one digit', () => ({ Expires: 'Thu Aug  8 02:01:18 2050' }), 60, true],
    ['Expires comes with a Date that is not a date', (at) => ({ Expires: at(60), Date: 'foo' }), 50, true],
    ['Expires comes with a Date in asctime form', () => ({ Expires: year, Date: 'Thu Aug  8 02:01:18 2024' }), 30, true],
    ['Expires has its day in capitals', () => ({ Expires: year.replace('Thu', 'THU') }), 0, false],
    ['Expires has its month in capitals', () => ({ Expires: year.replace('Aug', 'AUG') }), 0, false],
    ['Expires has its zone in mixed case', () => ({ Expires: year.replace('GMT', 'gMT') }), 0, false],
    ['Expires has another zone than GMT', () => ({ Expires: year.replace('GMT', 'UTC') }), 0, false],
    ['Expires has a year of two digits', () => ({ Expires: year.replace('2050', '50') }), 0, false],
    ['Expires has no comma', () => ({ Expires: year.replace(',', '') }), 0, false],
    ['Expires has two spaces between its parts', () => ({ Expires: year.replace(' Aug ', '  Aug  ') }), 0, false],
    ['Expires has dashes between its parts', () => ({ Expires: year.replaceAll(' Aug ', '-Aug-') }), 0, false],
    ['Expires has dots in its time', () => ({ Expires: year.replaceAll(':', '.') }), 0, false],
    ['Expires has an hour of one digit', () => ({ Expires: year.replace('02:', '2:') }), 0, false],
    ['Expires has two lines', () => ({ Expires: [year, year] }), 0, false],
    ['Vary is two stars', () => ({ 'Cache-Control': minute, Vary: '*, *' }), 0, false],
    ['Vary is two stars in two lines', () => ({ 'Cache-Control': minute, Vary: ['*', '*'] }), 0, false],
    ['Vary is a star after an empty member', () => ({ 'Cache-Control': minute, Vary: ', *' }), 0, false],
    ['Vary has a star in its second line', () => ({ 'Cache-Control': minute, Vary: ['', '*'] }), 0, false],
    ['Vary has a star before a name', () => ({ 'Cache-Control': minute, Vary: '*, Foo' }), 0, false],
    ['Vary names fields that are never sent', () => ({ 'Cache-Control': minute, Vary: 'Foo, Bar, Baz' }), 30, true],
    ['Vary names only parts of our field names', () => ({ 'Cache-Control': minute, Vary: 'X-Request, Trace' }), 30, true],
    ['the request has an Authorization', () => ({ 'Cache-Control': minute }), 30, true],
    ['the answer has Pragma: no-cache', () => ({ 'Cache-Control': minute, Pragma: 'no-cache' }), 30, true],
    ['only CDN-Cache-Control allows reuse', () => ({ 'CDN-Cache-Control': minute }), 0, false],
    ['only CDN-Cache-Control forbids storing', () => ({ 'Cache-Control': minute, 'CDN-Cache-Control': 'no-store' }), 30, true],
    ['only Surrogate-Control allows reuse', () => ({ 'Surrogate-Control': minute }), 0, false],
    ['the answer has a Set-Cookie', () => ({ 'Cache-Control': minute, 'Set-Cookie': 'a=b' }), 30, true],
    ['the answer has a Content-Disposition', () => ({ 'Cache-Control': minute, 'Content-Disposition': 'attachment' }), 30, true],
    ['Cache-Control is public without a lifetime', (at) => ({ 'Cache-Control': 'public', 'Last-Modified': at(-1e6) }), 0, false],
  ]; // prettier-ignore

  test.each(
    rows.map(([circumstance, headers, afterSeconds, isReused]) => {
      const result = `the cache entry is ${isReused ? 'reused' : 'not reused'} after ${afterSeconds} s`;
      return [`${circumstance}, ${result}`, headers, afterSeconds, isReused] as const;
    }),
  )('A7 when %s', async (_, headers, afterSeconds, isReused) => {
    const it = await createCachedWorld(world);
    it.state.headers = headers(it.httpTime);
    expect(await read(it)).toBe('called');
    it.pass(afterSeconds);
    expect(await read(it)).toBe(isReused ? 'reused' : 'called');
  });
});

/** One read: the answer of the upstream, the expected result, and the seconds that pass afterwards. */
interface Step {
  readonly is: Awaited<ReturnType<typeof read>>;
  readonly answer?: Answer;
  readonly headers?: Headers;
  readonly pass?: number;
}

const old = 'Mon, 01 Jan 2024 00:00:00 GMT';
const minute = { 'Cache-Control': 'max-age=60' };

const json = (body: string, headers: Headers = minute) => {
  return (response: ServerResponse): void => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Content-Type', 'application/json');
    response.end(body);
  };
};
const withStatus =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...minute, ...headers });
    response.end(status === 204 ? undefined : '{"label":"x"}');
  };
const truncated: Answer = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '99', ...minute });
  response.write('{"label":"x"}', () => response.socket?.destroy());
};
const early: Answer = (response) => {
  response.writeEarlyHints({ link: '</x>; rel=preload' });
  response.writeProcessing();
  json('{"label":"final"}')(response);
};
const withoutDate: Answer = (response) => {
  response.sendDate = false;
  json('{"label":"x"}', { Expires: new Date(Date.now() + 60_000).toUTCString() })(response);
};

describe('A7 reads one after the other', () => {
  test.each<[sentence: string, ...steps: Step[]]>([
    [
      'when a 304 has a later Expires, that date replaces the Expires of the entry',
      { is: 'called', headers: { Expires: old, ETag: '"e"' } },
      {
        is: 'confirmed',
        answer: 'confirm',
        headers: { Expires: 'Sun, 21 Nov 2286 04:46:39 GMT', ETag: '"e"' },
      },
      { is: 'reused' },
    ],
    [
      'when a 304 to a request with If-Modified-Since has a max-age, it replaces the max-age of the entry',
      { is: 'called', headers: { 'Cache-Control': 'max-age=1', 'Last-Modified': old }, pass: 2 },
      { is: 'confirmed', answer: 'confirm', headers: { ...minute, 'Last-Modified': old }, pass: 30 },
      { is: 'reused', pass: 31 },
      { is: 'confirmed' },
    ],
    [
      'when a 304 has an Age, the age of the entry is counted from that Age',
      { is: 'called', headers: { ...minute, ETag: '"e"' }, pass: 61 },
      { is: 'confirmed', answer: 'confirm', headers: { Age: '50', ETag: '"e"' }, pass: 11 },
      { is: 'confirmed' },
    ],
    [
      'when a 304 has no Age, the Age of the entry no longer counts',
      { is: 'called', headers: { ...minute, Age: '59', ETag: '"e"' }, pass: 2 },
      { is: 'confirmed', answer: 'confirm', headers: { ETag: '"e"' }, pass: 50 },
      { is: 'reused' },
    ],
    [
      'when a 304 does not repeat Expires, the past Expires of the entry stays',
      { is: 'called', headers: { Expires: old, ETag: '"e"' } },
      { is: 'confirmed', answer: 'confirm', headers: { ETag: '"e"' } },
      { is: 'confirmed' },
    ],
    [
      'when a 304 has Vary: *, the entry is dropped',
      { is: 'called', headers: { ...minute, ETag: '"e"' }, pass: 61 },
      { is: 'confirmed', answer: 'confirm', headers: { ETag: '"e"', Vary: '*' } },
      { is: 'called' },
    ],
    [
      'when the entity tag of an entry is strong, a 304 confirms the entry',
      { is: 'called', headers: { ETag: '"abcdef"' } },
      { is: 'confirmed', answer: 'confirm' },
    ],
    [
      'when the entity tag of an entry is weak, a 304 confirms the entry',
      { is: 'called', headers: { ETag: 'W/"abcdef"' } },
      { is: 'confirmed', answer: 'confirm' },
    ],
    [
      'when the entity tag of an entry has no quotes, the tag is sent unchanged, and a 304 confirms the entry',
      { is: 'called', headers: { ETag: 'abcdef' } },
      { is: 'confirmed', answer: 'confirm' },
    ],
    [
      'when the entity tag of an entry has bytes above 127, the tag is sent unchanged, and a 304 confirms the entry',
      { is: 'called', headers: { ETag: '"abcdef\u00fc"' } },
      { is: 'confirmed', answer: 'confirm' },
    ],
    [
      'when the entity tag of an entry is empty, the tag is not used as a validator',
      { is: 'called', headers: { ETag: '' } },
      { is: 'called' },
    ],
    [
      'when an answer has no-cache, the entry is stored and confirmed before each use',
      { is: 'called', headers: { 'Cache-Control': 'max-age=600, no-cache', ETag: '"e"' } },
      { is: 'confirmed', answer: 'confirm' },
      { is: 'confirmed' },
    ],
    [
      'when an answer has must-revalidate, the entry is reused while fresh and confirmed when stale',
      { is: 'called', headers: { 'Cache-Control': 'max-age=10, must-revalidate', ETag: '"e"' }, pass: 5 },
      { is: 'reused', pass: 6 },
      { is: 'confirmed', answer: 'confirm' },
    ],
    [
      'when a newer answer has no-store, the older entry is dropped',
      { is: 'called', headers: { 'Cache-Control': 'max-age=1' }, pass: 2 },
      { is: 'called', headers: { 'Cache-Control': 'no-store' } },
      { is: 'failed', answer: 500 },
    ],
    [
      'when a failed answer has no-store, the older entry is still served stale',
      { is: 'called', headers: { 'Cache-Control': 'max-age=1' }, pass: 2 },
      { is: 'stale', answer: 503, headers: { 'Cache-Control': 'no-store' } },
    ],
    [
      'when an answer has s-maxage, the entry is still served stale after a failed call',
      { is: 'called', headers: { 'Cache-Control': 'max-age=1, s-maxage=1' }, pass: 2 },
      { is: 'stale', answer: 500 },
    ],
    [
      'when an answer is stale on arrival, the answer is stored and served stale after a failed call',
      { is: 'called', headers: { ...minute, Age: '90' } },
      { is: 'stale', answer: 500 },
    ],
    [
      'when an answer has status 206, it is not stored',
      { is: 'called', answer: withStatus(206, { 'Content-Range': 'bytes 0-11/12' }) },
      { is: 'called' },
    ],
    [
      'when an answer breaks off, the call fails and nothing is stored',
      { is: 'failed', answer: truncated },
      { is: 'called', answer: 'value' },
    ],
    [
      'when an answer breaks off, the older entry is served stale',
      { is: 'called', headers: { 'Cache-Control': 'max-age=1' }, pass: 2 },
      { is: 'stale', answer: truncated },
    ],
    [
      'when 102 and 103 come before an answer, the interim responses are skipped and the answer is stored',
      { is: 'called', answer: early },
      { is: 'reused' },
    ],
    [
      'when an answer has no Date, its arrival counts as its Date',
      { is: 'called', answer: withoutDate, pass: 50 },
      { is: 'reused', pass: 11 },
      { is: 'called' },
    ],
    ...[201, 202, 203, 299].map((status): [string, Step, Step] => [
      `when an answer has status ${status}, it is a value and not stored`,
      { is: 'called', answer: withStatus(status) },
      { is: 'called' },
    ]),
    ...[204, 301, 302, 303, 307, 308].map((status): [string, Step, Step] => [
      `when an answer has status ${status}, the call fails and nothing is stored`,
      { is: 'failed', answer: withStatus(status, { Location: '/' }) },
      { is: 'called', answer: 'value' },
    ]),
    ...[400, 405, 414, 499].map((status): [string, Step, Step] => [
      `when an answer has status ${status}, the call is refused and nothing is stored`,
      { is: 'refused', answer: withStatus(status) },
      { is: 'called', answer: 'value' },
    ]),
    ...[404, 410].map((status): [string, Step, Step] => [
      `when an answer has status ${status}, the value is absent and nothing is stored`,
      { is: 'absent', answer: withStatus(status) },
      { is: 'called', answer: 'value' },
    ]),
    ...[500, 501, 502, 503, 504, 599].map((status): [string, Step, Step] => [
      `when an answer has status ${status}, the call fails and nothing is stored`,
      { is: 'failed', answer: withStatus(status) },
      { is: 'called', answer: 'value' },
    ]),
  ])('A7 %s', async (_, ...steps) => {
    const it = await createCachedWorld(world);
    for (const { answer, headers, is, pass } of steps) {
      if (answer !== undefined) it.state.answer = answer;
      if (headers !== undefined) it.state.headers = headers;
      expect(await read(it)).toBe(is);
      if (pass !== undefined) it.pass(pass);
    }
  });

  test('A7 If-None-Match contains the entity tag of the entry unchanged, even if the tag is malformed', async () => {
    for (const etag of ['"a"', 'W/"a"', 'a', '"a\u00fc"']) {
      const it = await createCachedWorld(world);
      it.state.headers = { ETag: etag };
      await read(it);
      await read(it);
      expect(it.seen[1]).toMatchObject({ 'if-none-match': etag });
    }
  });

  test('A7 a 304 with an entity tag in two lines is a bad response, and the call does not reject', async () => {
    const it = await createCachedWorld(world);
    it.state.headers = { ETag: '"e"', 'Cache-Control': 'no-cache' };
    await read(it);
    it.state.answer = 'confirm';
    it.state.headers = { ETag: ['"e"', '"f"'] };
    expect(await it.label()).toEqual({ kind: 'failed', reason: 'bad-response' });
  });

  test('A7 RFC 9111 4.2.3 the time between a request and its answer counts towards the age of the entry', async () => {
    const it = await createCachedWorld(world);
    it.state.answer = (response) => {
      it.pass(30);
      json('{"label":"slow"}', { ...minute, Date: it.httpTime(0) })(response);
    };
    expect(await read(it)).toBe('called');
    it.pass(29);
    expect(await read(it)).toBe('reused');
    it.pass(2);
    expect(await read(it)).toBe('called');
  });

  test('A7 with staleIfErrorMs 0 a cache entry is revalidated by a 304, but not served stale after an error', async () => {
    const it = await createCachedWorld(world);
    const { clients } = it.rig({ cache: { staleIfErrorMs: 0 } });
    const label = () => clients.other.read(it.u1Scope(), { otherId });
    it.state.headers = { 'Cache-Control': 'no-cache', ETag: '"e"' };
    await label();
    it.state.answer = 'confirm';
    expect(await label()).toMatchObject({ cache: 'confirmed' });
    it.state.answer = 500;
    expect(await label()).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A7 two reads with different queries have two cache entries, and two reads with the same query share one entry', async () => {
    const { clients, state, u1Scope, seen } = await createCachedWorld(world);
    const page = (limit: number) => clients.thing.list(u1Scope(), { ownerId, limit });
    state.answer = json('{"items":[],"next_cursor":null}');
    for (const limit of [5, 6, 5, 6]) await page(limit);
    expect(seen).toHaveLength(2);
  });

  test('A7 RFC 9111 4.4 the answer of a write is not stored, even if it has a Content-Location', async () => {
    const { clients, state, u1Scope, seen } = await createCachedWorld(world);
    state.headers = { ...minute, 'Content-Location': '/things/thing-1/settings' };
    await clients.thing.changeSettings(u1Scope(), { thingId }, { body: { theme: 'dark' } });
    await clients.thing.settings(u1Scope(), { thingId });
    expect(seen).toHaveLength(2);
  });

  test('A7 RFC 9111 4.1 an answer whose Vary names a header field that changes from call to call is not reused', async () => {
    const first = await createCachedWorld(world);
    await first.label({ requestId: 'one', ms: 4_000 });
    await first.label({
      requestId: 'two',
      ms: 900,
      traceparent: `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`,
    });
    const [one = {}, two = {}] = first.seen;
    const changing = Object.keys(two).filter((name) => one[name] !== two[name]);
    expect(changing.toSorted()).toEqual(['traceparent', 'x-request-id', 'x-request-timeout-ms']);
    for (const name of changing) {
      const it = await createCachedWorld(world);
      it.state.headers = { ...minute, Vary: name };
      expect([name, await read(it), await read(it)]).toEqual([name, 'called', 'called']);
    }
  });
});
