import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createCachedWorld, type Answer, type Headers } from './cached-world.ts';
import { createWorld } from '../world.ts';

/**
 * What the areas of the public suite of HTTP caches ask, as far as it concerns a private cache of JSON; beyond the rules in
 * response-cache.spec.ts. The table in the README says which area is claimed.
 */
const world = createWorld();
afterEach(world.end);

type At = (seconds: number) => string;
type CachedWorld = Awaited<ReturnType<typeof createCachedWorld>>;

/** What became of one read: the upstream was not asked, confirmed the copy, gave a new answer, or failed. */
async function read({ tier, seen }: CachedWorld) {
  const before = seen.length;
  const outcome = await tier();
  if (outcome.kind === 'failed') return outcome.stale ? 'stood in' : 'failed';
  if (outcome.kind !== 'value') return outcome.kind;
  return outcome.cache === 'confirmed' ? 'confirmed' : seen.length > before ? 'asked' : 'used';
}

describe('A7 how fields are read', () => {
  const minute = 'max-age=60';
  const year = 'Thu, 18 Aug 2050 02:01:18 GMT';

  test.each<[area: string, rule: string, headers: (at: At) => Headers, afterSeconds: number, used: boolean]>([
    ['Age', 'a letter is ignored', () => ({ 'Cache-Control': minute, Age: 'abc' }), 30, true],
    ['Age', 'a negative one is ignored', () => ({ 'Cache-Control': minute, Age: '-7200' }), 30, true],
    ['Age', 'a fraction is ignored', () => ({ 'Cache-Control': minute, Age: '7200.0' }), 30, true],
    ['Age', 'a parameter makes it invalid', () => ({ 'Cache-Control': minute, Age: '7200;foo=bar' }), 30, true],
    ['Age', '2^31 - 1 is old', () => ({ 'Cache-Control': minute, Age: '2147483647' }), 0, false],
    ['Age', '2^31 is old', () => ({ 'Cache-Control': minute, Age: '2147483648' }), 0, false],
    ['Age', 'beyond all numbers is old', () => ({ 'Cache-Control': minute, Age: '9'.repeat(400) }), 0, false],
    ['Age', 'the first of a list: 0, 7200', () => ({ 'Cache-Control': minute, Age: '0, 7200' }), 30, true],
    ['Age', 'the first of two lines: 7200 and 0', () => ({ 'Cache-Control': minute, Age: ['7200', '0'] }), 0, false],
    ['Age', 'the first of two lines: 0 and 7200', () => ({ 'Cache-Control': minute, Age: ['0', '7200'] }), 30, true],
    ['Age', 'against Expires, with a slow Date', (at) => ({ Expires: at(10), Date: at(-10), Age: '25' }), 0, false],
    ['Age', 'against Expires, with a fast Date', (at) => ({ Expires: at(20), Date: at(10), Age: '15' }), 0, false],
    ['Cache-Control', 'leading zeros', () => ({ 'Cache-Control': 'max-age=0060' }), 58, true],
    ['Cache-Control', '2^31', () => ({ 'Cache-Control': 'max-age=2147483648' }), 9_999, true],
    ['Cache-Control', 'more than 2^31', () => ({ 'Cache-Control': 'max-age=99999999999' }), 9_999, true],
    ['Cache-Control', 'single quotes are no quotes', () => ({ 'Cache-Control': "max-age='60'" }), 0, false],
    ['Cache-Control', 'a letter before', () => ({ 'Cache-Control': 'max-age=a60' }), 0, false],
    ['Cache-Control', 'a letter after', () => ({ 'Cache-Control': 'max-age=60a' }), 0, false],
    ['Cache-Control', 'a whole fraction', () => ({ 'Cache-Control': 'max-age=60.0' }), 0, false],
    ['Cache-Control', 'a space before =', () => ({ 'Cache-Control': 'max-age =60' }), 0, false],
    ['Cache-Control', 'a space after =', () => ({ 'Cache-Control': 'max-age= 60' }), 0, false],
    ['Cache-Control', 'no value', () => ({ 'Cache-Control': 'max-age' }), 0, false],
    ['Cache-Control', 'an invalid max-age is not replaced by Expires', (at) => ({ 'Cache-Control': 'max-age=x', Expires: at(900) }), 0, false],
    ['Cache-Control', 'the first of two that differ', () => ({ 'Cache-Control': 'max-age=600, max-age=1' }), 30, true],
    ['Cache-Control', 'the first of two lines that differ', () => ({ 'Cache-Control': ['max-age=1', 'max-age=600'] }), 30, false],
    ['Cache-Control', 'a quoted one does not count before', () => ({ 'Cache-Control': 'ext="max-age=600", max-age=1' }), 30, false],
    ['Cache-Control', 'nor after', () => ({ 'Cache-Control': 'max-age=1, ext="max-age=600"' }), 30, false],
    ['Cache-Control', 'nor with an escaped quote in it', () => ({ 'Cache-Control': 'ext="\\", max-age=600", max-age=1' }), 30, false],
    ['Cache-Control', 'a quote that does not end hides no no-store', () => ({ 'Cache-Control': 'max-age=60, ext="x, no-store' }), 0, false],
    ['Cache-Control', 'no-store in any case', () => ({ 'Cache-Control': 'No-StOrE', Expires: year }), 0, false],
    ['Cache-Control', 'no-cache in any case', () => ({ 'Cache-Control': 'max-age=60, No-CaChE', Expires: year }), 0, false],
    ['Cache-Control', 'a long name that begins alike', () => ({ 'Cache-Control': 'max-age=60, no-storey, xno-store' }), 30, true],
    ['Cache-Control', 'immutable while fresh', () => ({ 'Cache-Control': 'max-age=60, immutable' }), 58, true],
    ['Cache-Control', 'immutable when stale', () => ({ 'Cache-Control': 'max-age=60, immutable' }), 61, false],
    ['Cache-Control', 'max-age before an Expires that is no date', () => ({ 'Cache-Control': minute, Expires: '0' }), 30, true],
    ['Cache-Control', 'stale-while-revalidate over max-age=0', () => ({ 'Cache-Control': 'max-age=0, stale-while-revalidate=60' }), 30, true],
    ['Cache-Control', 'stale-while-revalidate is measured by age', () => ({ 'Cache-Control': 'max-age=10, stale-while-revalidate=60', Age: '50' }), 30, false],
    ['Expires', 'now', (at) => ({ Expires: at(0) }), 0, false],
    ['Expires', 'before Date, both ahead of us', (at) => ({ Expires: at(300), Date: at(400) }), 0, false],
    ['Expires', 'far ahead', () => ({ Expires: 'Sun, 21 Nov 2286 04:46:39 GMT' }), 9_999, true],
    ['Expires', 'RFC 850: a year less than 50 ahead is ahead', () => ({ Expires: 'Thursday, 18-Aug-50 02:01:18 GMT' }), 60, true],
    ['Expires', 'RFC 850: one more than 50 ahead is past', () => ({ Expires: 'Tuesday, 18-Aug-99 02:01:18 GMT' }), 0, false],
    ['Expires', 'asctime with one digit', () => ({ Expires: 'Thu Aug  8 02:01:18 2050' }), 60, true],
    ['Expires', 'with a Date that is none', (at) => ({ Expires: at(60), Date: 'foo' }), 50, true],
    ['Expires', 'with a Date in the form of asctime', () => ({ Expires: year, Date: 'Thu Aug  8 02:01:18 2024' }), 30, true],
    ['Expires', 'the day in capitals', () => ({ Expires: year.replace('Thu', 'THU') }), 0, false],
    ['Expires', 'the month in capitals', () => ({ Expires: year.replace('Aug', 'AUG') }), 0, false],
    ['Expires', 'the zone in other letters', () => ({ Expires: year.replace('GMT', 'gMT') }), 0, false],
    ['Expires', 'another zone', () => ({ Expires: year.replace('GMT', 'UTC') }), 0, false],
    ['Expires', 'a year of two digits', () => ({ Expires: year.replace('2050', '50') }), 0, false],
    ['Expires', 'no comma', () => ({ Expires: year.replace(',', '') }), 0, false],
    ['Expires', 'two spaces', () => ({ Expires: year.replace(' Aug ', '  Aug  ') }), 0, false],
    ['Expires', 'dashes', () => ({ Expires: year.replaceAll(' Aug ', '-Aug-') }), 0, false],
    ['Expires', 'dots in the time', () => ({ Expires: year.replaceAll(':', '.') }), 0, false],
    ['Expires', 'an hour of one digit', () => ({ Expires: year.replace('02:', '2:') }), 0, false],
    ['Expires', 'two lines', () => ({ Expires: [year, year] }), 0, false],
    ['Vary', 'two stars', () => ({ 'Cache-Control': minute, Vary: '*, *' }), 0, false],
    ['Vary', 'two stars in two lines', () => ({ 'Cache-Control': minute, Vary: ['*', '*'] }), 0, false],
    ['Vary', 'a star after nothing', () => ({ 'Cache-Control': minute, Vary: ', *' }), 0, false],
    ['Vary', 'a star in the second line', () => ({ 'Cache-Control': minute, Vary: ['', '*'] }), 0, false],
    ['Vary', 'a star before a name', () => ({ 'Cache-Control': minute, Vary: '*, Foo' }), 0, false],
    ['Vary', 'what was sent neither then nor now', () => ({ 'Cache-Control': minute, Vary: 'Foo, Bar, Baz' }), 30, true],
    ['Vary', 'a name that is only part of one of ours', () => ({ 'Cache-Control': minute, Vary: 'X-Request, Trace' }), 30, true],
    ['Authorization', 'every call has it, and each identity has its own copy', () => ({ 'Cache-Control': minute }), 30, true],
    ['Pragma', 'means nothing in an answer', () => ({ 'Cache-Control': minute, Pragma: 'no-cache' }), 30, true],
    ['CDN-Cache-Control', 'is not for us: it allows nothing', () => ({ 'CDN-Cache-Control': minute }), 0, false],
    ['CDN-Cache-Control', 'and forbids nothing', () => ({ 'Cache-Control': minute, 'CDN-Cache-Control': 'no-store' }), 30, true],
    ['Surrogate-Control', 'is not for us either', () => ({ 'Surrogate-Control': minute }), 0, false],
    ['other', 'Set-Cookie forbids nothing', () => ({ 'Cache-Control': minute, 'Set-Cookie': 'a=b' }), 30, true],
    ['other', 'Content-Disposition forbids nothing', () => ({ 'Cache-Control': minute, 'Content-Disposition': 'attachment' }), 30, true],
    ['heuristics', 'none with public alone', (at) => ({ 'Cache-Control': 'public', 'Last-Modified': at(-1e6) }), 0, false],
  ])('A7 %s: %s', async (_, __, headers, afterSeconds, used) => {
    const it = await createCachedWorld(world);
    it.state.headers = headers(it.httpTime);
    expect(await read(it)).toBe('asked');
    it.pass(afterSeconds);
    expect(await read(it)).toBe(used ? 'used' : 'asked');
  }); // prettier-ignore
});

/** What the upstream does to a read, what became of it, and how much time passes then. */
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
    response.end(status === 204 ? undefined : '{"tier":"x"}');
  };
const truncated: Answer = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '99', ...minute });
  response.write('{"tier":"x"}', () => response.socket?.destroy());
};
const early: Answer = (response) => {
  response.writeEarlyHints({ link: '</x>; rel=preload' });
  response.writeProcessing();
  json('{"tier":"final"}')(response);
};
const withoutDate: Answer = (response) => {
  response.sendDate = false;
  json('{"tier":"x"}', { Expires: new Date(Date.now() + 60_000).toUTCString() })(response);
};

describe('A7 what becomes of one read after another', () => {
  test.each<[area: string, rule: string, ...steps: Step[]]>([
    ['304', 'its Expires takes the place of the old one', { is: 'asked', headers: { Expires: old, ETag: '"e"' } }, { is: 'confirmed', answer: 'confirm', headers: { Expires: 'Sun, 21 Nov 2286 04:46:39 GMT', ETag: '"e"' } }, { is: 'used' }],
    ['304', 'its max-age, confirmed by Last-Modified', { is: 'asked', headers: { 'Cache-Control': 'max-age=1', 'Last-Modified': old }, pass: 2 }, { is: 'confirmed', answer: 'confirm', headers: { ...minute, 'Last-Modified': old }, pass: 30 }, { is: 'used', pass: 31 }, { is: 'confirmed' }],
    ['304', 'its Age', { is: 'asked', headers: { ...minute, ETag: '"e"' }, pass: 61 }, { is: 'confirmed', answer: 'confirm', headers: { Age: '50', ETag: '"e"' }, pass: 11 }, { is: 'confirmed' }],
    ['304', 'the Age of the copy is over', { is: 'asked', headers: { ...minute, Age: '59', ETag: '"e"' }, pass: 2 }, { is: 'confirmed', answer: 'confirm', headers: { ETag: '"e"' }, pass: 50 }, { is: 'used' }],
    ['304', 'an Expires that it does not repeat stays, and is over', { is: 'asked', headers: { Expires: old, ETag: '"e"' } }, { is: 'confirmed', answer: 'confirm', headers: { ETag: '"e"' } }, { is: 'confirmed' }],
    ['304', 'its Vary: * ends the copy', { is: 'asked', headers: { ...minute, ETag: '"e"' }, pass: 61 }, { is: 'confirmed', answer: 'confirm', headers: { ETag: '"e"', Vary: '*' } }, { is: 'asked' }],
    ['ETag', 'strong', { is: 'asked', headers: { ETag: '"abcdef"' } }, { is: 'confirmed', answer: 'confirm' }],
    ['ETag', 'weak', { is: 'asked', headers: { ETag: 'W/"abcdef"' } }, { is: 'confirmed', answer: 'confirm' }],
    ['ETag', 'without quotes, given back as it came', { is: 'asked', headers: { ETag: 'abcdef' } }, { is: 'confirmed', answer: 'confirm' }],
    ['ETag', 'with bytes above 127', { is: 'asked', headers: { ETag: '"abcdef\u00fc"' } }, { is: 'confirmed', answer: 'confirm' }],
    ['ETag', 'empty', { is: 'asked', headers: { ETag: '' } }, { is: 'asked' }],
    ['no-cache', 'is kept, and confirmed each time', { is: 'asked', headers: { 'Cache-Control': 'max-age=600, no-cache', ETag: '"e"' } }, { is: 'confirmed', answer: 'confirm' }, { is: 'confirmed' }],
    ['must-revalidate', 'fresh, then stale', { is: 'asked', headers: { 'Cache-Control': 'max-age=10, must-revalidate', ETag: '"e"' }, pass: 5 }, { is: 'used', pass: 6 }, { is: 'confirmed', answer: 'confirm' }],
    ['no-store', 'a newer answer with it ends the older copy', { is: 'asked', headers: { 'Cache-Control': 'max-age=1' }, pass: 2 }, { is: 'asked', headers: { 'Cache-Control': 'no-store' } }, { is: 'failed', answer: 500 }],
    ['no-store', 'of an error is not that of the copy', { is: 'asked', headers: { 'Cache-Control': 'max-age=1' }, pass: 2 }, { is: 'stood in', answer: 503, headers: { 'Cache-Control': 'no-store' } }],
    ['stale', 's-maxage does not keep a private copy from standing in', { is: 'asked', headers: { 'Cache-Control': 'max-age=1, s-maxage=1' }, pass: 2 }, { is: 'stood in', answer: 500 }],
    ['stale', 'stored when already stale', { is: 'asked', headers: { ...minute, Age: '90' } }, { is: 'stood in', answer: 500 }],
    ['partial', '206 is not kept', { is: 'asked', answer: withStatus(206, { 'Content-Range': 'bytes 0-11/12' }) }, { is: 'asked' }],
    ['partial', 'an answer that breaks off is not kept', { is: 'failed', answer: truncated }, { is: 'asked', answer: 'value' }],
    ['partial', 'nor does it end the copy', { is: 'asked', headers: { 'Cache-Control': 'max-age=1' }, pass: 2 }, { is: 'stood in', answer: truncated }],
    ['interim', '102 and 103 are passed over', { is: 'asked', answer: early }, { is: 'used' }],
    ['Date', 'absent: when it came', { is: 'asked', answer: withoutDate, pass: 50 }, { is: 'used', pass: 11 }, { is: 'asked' }],
    ...[201, 202, 203, 299].map((status): [string, string, Step, Step] => ['status', `${status} is an answer and not kept`, { is: 'asked', answer: withStatus(status) }, { is: 'asked' }]),
    ...[204, 301, 302, 303, 307, 308].map((status): [string, string, Step, Step] => ['status', `${status} is a failure and not kept`, { is: 'failed', answer: withStatus(status, { Location: '/' }) }, { is: 'asked', answer: 'value' }]),
    ...[400, 405, 414, 499].map((status): [string, string, Step, Step] => ['status', `${status} is a refusal and not kept`, { is: 'refused', answer: withStatus(status) }, { is: 'asked', answer: 'value' }]),
    ...[404, 410].map((status): [string, string, Step, Step] => ['status', `${status} is absence and not kept`, { is: 'absent', answer: withStatus(status) }, { is: 'asked', answer: 'value' }]),
    ...[500, 501, 502, 503, 504, 599].map((status): [string, string, Step, Step] => ['status', `${status} is a failure and not kept`, { is: 'failed', answer: withStatus(status) }, { is: 'asked', answer: 'value' }]),
  ])('A7 %s: %s', async (_, __, ...steps) => {
    const it = await createCachedWorld(world);
    for (const { answer, headers, is, pass } of steps) {
      if (answer !== undefined) it.state.answer = answer;
      if (headers !== undefined) it.state.headers = headers;
      expect(await read(it)).toBe(is);
      if (pass !== undefined) it.pass(pass);
    }
  }); // prettier-ignore

  test('A7 ETag: what came is what is asked with', async () => {
    for (const etag of ['"a"', 'W/"a"', 'a', '"a\u00fc"']) {
      const it = await createCachedWorld(world);
      it.state.headers = { ETag: etag };
      await read(it);
      await read(it);
      expect(it.seen[1]).toMatchObject({ 'if-none-match': etag });
    }
  });

  test('A7 304: a tag in two lines is no confirmation, and no programming error', async () => {
    const it = await createCachedWorld(world);
    it.state.headers = { ETag: '"e"', 'Cache-Control': 'no-cache' };
    await read(it);
    it.state.answer = 'confirm';
    it.state.headers = { ETag: ['"e"', '"f"'] };
    expect(await it.tier()).toEqual({ kind: 'failed', reason: 'bad-response' });
  });

  test('A7 RFC 9111 4.2.3: the time that an answer takes is age', async () => {
    const it = await createCachedWorld(world);
    it.state.answer = (response) => {
      it.pass(30);
      json('{"tier":"slow"}', { ...minute, Date: it.httpTime(0) })(response);
    };
    expect(await read(it)).toBe('asked');
    it.pass(29);
    expect(await read(it)).toBe('used');
    it.pass(2);
    expect(await read(it)).toBe('asked');
  });

  test('A7 with no stale time allowed, copies are confirmed all the same', async () => {
    const it = await createCachedWorld(world);
    const { clients } = it.rig({ cache: { staleIfErrorMs: 0 } });
    const tier = () => clients.loyalty.tier(it.alice(), 'alice');
    it.state.headers = { 'Cache-Control': 'no-cache', ETag: '"e"' };
    await tier();
    it.state.answer = 'confirm';
    expect(await tier()).toMatchObject({ cache: 'confirmed' });
    it.state.answer = 500;
    expect(await tier()).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A7 another query is another copy, the same one the same', async () => {
    const { clients, state, alice, seen } = await createCachedWorld(world);
    const page = (limit: number) => clients.order.recent(alice(), 'alice', { limit });
    state.answer = json('{"items":[],"next_cursor":null}');
    for (const limit of [5, 6, 5, 6]) await page(limit);
    expect(seen).toHaveLength(2);
  });

  test('A7 RFC 9111 4.4: the answer of a write is not kept, also with a Content-Location', async () => {
    const { clients, state, alice, seen } = await createCachedWorld(world);
    state.headers = { ...minute, 'Content-Location': '/api/v1/users/alice/preferences' };
    await clients.user.patchPreferences(alice(), 'alice', { theme: 'dark' });
    await clients.user.preferences(alice(), 'alice');
    expect(seen).toHaveLength(2);
  });

  test('A7 RFC 9111 4.1: no copy is used when it was chosen by a header that changes from call to call', async () => {
    const first = await createCachedWorld(world);
    await first.tier({ requestId: 'one', ms: 4_000 });
    await first.tier({ requestId: 'two', ms: 900, traceparent: `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01` });
    const [one = {}, two = {}] = first.seen;
    const changing = Object.keys(two).filter((name) => one[name] !== two[name]);
    expect(changing.toSorted()).toEqual(['traceparent', 'x-request-id', 'x-request-timeout-ms']);
    for (const name of changing) {
      const it = await createCachedWorld(world);
      it.state.headers = { ...minute, Vary: name };
      expect([name, await read(it), await read(it)]).toEqual([name, 'asked', 'asked']);
    }
  });
});
