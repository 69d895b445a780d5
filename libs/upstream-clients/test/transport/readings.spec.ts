import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createWorld, scopeOf, the, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const crlf = (...lines: string[]) => lines.join('\r\n');
const ok = 'HTTP/1.1 200 OK';
const type = 'Content-Type: application/json';
const json = JSON.stringify(the.settings);
const length = `Content-Length: ${json.length}`;
const secret = 'S3CRET';

/** Makes one call to an upstream that answers with these bytes and then closes the connection. */
async function reading(answer: string | Buffer, ms = 2_000) {
  const upstream = await world.tcp((socket) => void socket.end(answer));
  const rig = world.clients(upstream.address, { retries: 0 });
  const outcome = await rig.clients.thing.settings(scopeOf({ ms }), { thingId });
  return { outcome, warnings: rig.log.filter(({ level }) => level === 'warn') };
}

const head = (...fields: string[]) => crlf(ok, ...fields, '', '');
const whole = (text: string | Buffer, ...fields: string[]) =>
  Buffer.concat([
    Buffer.from(head(type, ...fields, `Content-Length: ${Buffer.byteLength(text)}`)),
    Buffer.from(text),
  ]);

describe('F04 an unusual but valid answer is parsed', () => {
  test.each<[string, string | Buffer]>([
    ['two equal Content-Type lines', head(type, type, length) + json],
    ['a byte order mark before the JSON', whole(`\ufeff${json}`)],
    ['a content coding of identity in capitals', head(type, 'Content-Encoding: IDENTITY', length) + json],
    ['the version HTTP/1.0 and no length', crlf('HTTP/1.0 200 OK', type, '', json)],
    ['a body that ends when the connection closes', head(type, 'Connection: close') + json],
    [
      'chunks with extensions and trailers',
      `${head(type, 'Transfer-Encoding: chunked', 'Trailer: X-Sum')}${json.length.toString(16)};a=b\r\n${json}\r\n0\r\nX-Sum: 1\r\nContent-Type: text/html\r\n\r\n`,
    ],
    [
      'one chunk for each byte',
      `${head(type, 'Transfer-Encoding: chunked')}${[...json].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`,
    ],
    ['white space around the JSON', whole(`\n\t ${json} \r\n`)],
    ['a status line without a reason', crlf('HTTP/1.1 200 ', type, length, '', json)],
    [
      '103 and 102 answers before it',
      crlf('HTTP/1.1 103 Early Hints', 'Link: </x>', '', 'HTTP/1.1 102 Processing', '', '') +
        head(type, length) +
        json,
    ],
    [
      'a thousand interim answers before it',
      crlf('HTTP/1.1 102 Processing', '', '').repeat(1_000) + head(type, length) + json,
    ],
    ['a 100 Continue before it', crlf('HTTP/1.1 100 Continue', '', '') + head(type, length) + json],
    [
      'a 100 Continue of HTTP/1.0 with fields, between other interim answers',
      crlf(
        'HTTP/1.1 103 Early Hints',
        'Link: </x>',
        '',
        'HTTP/1.0 100 Go on',
        'X: 1',
        '',
        'HTTP/1.1 102 Processing',
        '',
        '',
      ) +
        head(type, length) +
        json,
    ],
    [
      'ten thousand 100 Continue answers before the final one',
      crlf('HTTP/1.1 100 Continue', '', '').repeat(10_000) + head(type, length) + json,
    ],
    ['an unsolicited second answer after the first', (head(type, length) + json).repeat(2)],
    ['more bytes after its end', `${head(type, length)}${json}garbage`],
  ])('an answer with %s is parsed', async (_title, answer) => {
    const { outcome, warnings } = await reading(answer);
    expect(outcome).toEqual({ kind: 'value', value: the.settings });
    expect(warnings).toEqual([]);
  });
});

describe('F10 an unusable answer is logged with the reason and without any of its values', () => {
  test.each<[string, string | Buffer, object]>([
    [
      'a type that is not JSON',
      head('Content-Type: text/S3CRET', length) + json,
      { kind: 'content-type', field: 'content-type' },
    ],
    ['no Content-Type', head(length) + json, { kind: 'content-type' }],
    [
      'two Content-Type lines that differ',
      head(type, 'Content-Type: text/html', length) + json,
      { kind: 'content-type' },
    ],
    [
      'a gzip coding that was not requested',
      whole(gzipSync(json), 'Content-Encoding: gzip'),
      { kind: 'content-encoding', field: 'content-encoding' },
    ],
    [
      'a deflate coding that was not requested',
      whole(deflateSync(json), 'Content-Encoding: deflate'),
      { kind: 'content-encoding' },
    ],
    ['two content codings', whole(json, 'Content-Encoding: identity, gzip'), { kind: 'content-encoding' }],
    [
      'a content coding that is not declared',
      whole(gzipSync(json)),
      { kind: 'charset', field: 'content-type' },
    ],
    [
      'an unknown charset',
      head('Content-Type: application/json; charset=S3CRET', length) + json,
      { kind: 'charset', field: 'content-type' },
    ],
    ['no body', whole(''), { kind: 'empty' }],
    ['a status without content', crlf('HTTP/1.1 204 No Content', '', ''), { kind: 'status' }],
    [
      'a redirect',
      crlf('HTTP/1.1 302 Found', `Location: /${secret}`, 'Content-Length: 0', '', ''),
      { kind: 'status' },
    ],
    ['garbage after the JSON', whole(`${json}${secret}`), { kind: 'not-json' }],
    ['two JSON texts', whole(`${json}\n${json}`), { kind: 'not-json' }],
    ['NaN', whole('{"x":NaN}'), { kind: 'not-json' }],
    [
      'a length that is too small',
      head(type, `Content-Length: ${json.length - 3}`) + json,
      { kind: 'not-json' },
    ],
    [
      'a length that is too large',
      head(type, `Content-Length: ${json.length + 3}`) + json,
      { kind: 'truncated' },
    ],
    ['a length that is not a number', head(type, 'Content-Length: S3CRET') + json, { kind: 'not-http' }],
    [
      'both Content-Length and chunks',
      `${head(type, length, 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      { kind: 'not-http' },
    ],
    [
      'a header of 64 KB',
      head(type, `X-Large: ${secret.repeat(11_000)}`, length) + json,
      { kind: 'not-http' },
    ],
    ['a body above the limit', head(type, 'Content-Length: 2000000') + json, { kind: 'too-large' }],
    ['a member of another type', whole('["S3CRET"]'), { kind: 'schema', field: '' }],
  ])('an answer with %s is a bad response, and one log line has the reason', async (_title, answer, line) => {
    const { outcome, warnings } = await reading(answer);
    expect(outcome).toEqual({ kind: 'failed', reason: 'bad-response' });
    expect(warnings).toEqual([
      expect.objectContaining({ upstream: 'thing', operation: 'settings', request_id: 'request-1', ...line }),
    ]);
    expect(JSON.stringify(warnings)).not.toContain(secret);
  });

  test('F10 each kind of unusable answer is logged at most once a minute, however many such answers arrive', async () => {
    let now = 0;
    let body = '[]';
    const upstream = await world.http((_, response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(body),
    );
    const breakers = { 'thing.settings': { consecutiveFailures: 1_000, volumeThreshold: 1_000 } };
    const { clients, log } = world.clients(upstream.address, { clock: () => now, breakers });
    const kinds = () =>
      log.filter(({ level }) => level === 'warn').map(({ kind, omitted }) => [kind, omitted]);
    for (let i = 0; i < 20; i++) await clients.thing.settings(scopeOf(), { thingId });
    body = '';
    for (let i = 0; i < 5; i++) await clients.thing.settings(scopeOf(), { thingId });
    expect(kinds()).toEqual([
      ['schema', undefined],
      ['empty', undefined],
    ]);
    now = 60_000;
    body = '[]';
    await clients.thing.settings(scopeOf(), { thingId });
    expect(kinds().at(-1)).toEqual(['schema', 19]);
  });
});

describe('F03 numbers of an upstream arrive exactly, or the answer is a bad response', () => {
  const settings = async (text: string) => {
    const { outcome, warnings } = await reading(whole(text));
    return { outcome, fields: warnings.map(({ kind, field }) => [kind, field]) };
  };

  test.each([
    ['{"id":9007199254740993}', 'id'],
    ['{"a":{"list":[1,{"id":-9007199254740993}]}}', 'a.list.1.id'],
    ['{"n":1e400}', 'n'],
    ['{"n":-1e-400}', 'n'],
    ['{"rate":0.1000000000000000055511151231257827}', 'rate'],
    ['{"rate":1234567890123456789012345678901234567890}', 'rate'],
    ['{"rate":3.14159265358979323846e2}', 'rate'],
  ])(
    'an answer %s has a number that JSON.parse would round: it is a bad response, and the log names the member',
    async (text, field) => {
      const { outcome, fields } = await settings(text);
      expect(outcome).toEqual({ kind: 'failed', reason: 'bad-response' });
      expect(fields).toEqual([['number', field]]);
    },
  );

  test.each([
    [
      '{"id":9007199254740992,"rate":0.30000000000000004}',
      { id: 9007199254740992, rate: 0.30000000000000004 },
    ],
    ['{"n":1.7976931348623157e308,"m":5e-324}', { n: 1.7976931348623157e308, m: 5e-324 }],
    [
      '{"n":12.500000000000000000000,"text":"9007199254740993 1e400"}',
      { n: 12.5, text: '9007199254740993 1e400' },
    ],
    ['{"a":1,"a":2}', { a: 2 }],
  ])('an answer %s is accepted, because JSON.parse does not round its numbers', async (text, value) => {
    expect((await settings(text)).outcome).toEqual({ kind: 'value', value });
  });

  test('the number -0 is parsed as 0', async () => {
    expect(JSON.stringify((await settings('{"n":-0,"m":-0.0e1,"x":1e100}')).outcome)).toBe(
      '{"kind":"value","value":{"n":0,"m":0,"x":1e+100}}',
    );
  });

  test('a number that JSON.parse would round is dropped when the schema does not name its member', async () => {
    const text = JSON.stringify({ ...the.thing, extra: 0 }).replace(
      '"extra":0',
      '"extra":[9007199254740993,1e400]',
    );
    const upstream = await world.tcp((socket) => void socket.end(whole(text)));
    const { clients } = world.clients(upstream.address);
    expect(await clients.thing.read(scopeOf(), { thingId })).toEqual({ kind: 'value', value: the.thing });
  });

  test('when the schema names the member of a number that JSON.parse would round, the path of the member is logged', async () => {
    const text = JSON.stringify(the.thing).replace('1250', '9007199254740993');
    const upstream = await world.tcp((socket) => void socket.end(whole(text)));
    const { clients, log } = world.clients(upstream.address);
    expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({ reason: 'bad-response' });
    expect(log.find(({ level }) => level === 'warn')).toMatchObject({ kind: 'schema', field: 'amount' });
  });

  test.each([0, 1, 7, 14, 15, 16, 17])(
    'a number that JSON.parse would round is found after %i characters',
    async (count) => {
      const { fields } = await settings(`${' '.repeat(count)}{"n":9007199254740993}`);
      expect(fields).toEqual([['number', 'n']]);
    },
  );

  test('a number that JSON.parse would round is found in an answer in UTF-16', async () => {
    const text = Buffer.from('{"n":9007199254740993}', 'utf16le');
    const utf16 = [`${type}; charset=utf-16le`, `Content-Length: ${text.length}`];
    const { outcome, warnings } = await reading(Buffer.concat([Buffer.from(head(...utf16)), text]));
    expect(outcome).toEqual({ kind: 'failed', reason: 'bad-response' });
    expect(warnings).toMatchObject([{ kind: 'number', field: 'n' }]);
  });
});

test.each<[string, string, number | undefined]>([
  ['seconds', '7', 7_000],
  ['a date', 'Mon, 01 Jan 2024 00:00:09 GMT', 9_000],
  ['a date of RFC 850', 'Monday, 01-Jan-24 00:00:09 GMT', 9_000],
  ['a date of asctime', 'Mon Jan  1 00:00:09 2024', 9_000],
  ['a date in the past', 'Sun, 31 Dec 2023 00:00:00 GMT', 0],
  ['a fraction', '1.5', undefined],
  ['a date of another form', '2024-01-01T00:00:09Z', undefined],
])('a Retry-After with %s is measured by the clock of the upstream', async (_title, field, retryAfterMs) => {
  const { outcome } = await reading(
    crlf(
      'HTTP/1.1 503 No',
      'Date: Mon, 01 Jan 2024 00:00:00 GMT',
      `Retry-After: ${field}`,
      'Content-Length: 0',
      '',
      '',
    ),
  );
  expect(outcome).toEqual({
    kind: 'failed',
    reason: 'error',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
});

describe('F12 an unsolicited 100 Continue', () => {
  const interim = crlf('HTTP/1.1 100 Continue', '', '');
  const final = head(type, `Content-Length: ${json.length}`) + json;

  test('an unsolicited 100 Continue is skipped when it arrives byte by byte, call after call on one connection', async () => {
    const upstream = await world.tcp((socket) => {
      socket.setNoDelay(true);
      const bytes = [...(interim + final)];
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    const { clients, log } = world.clients(upstream.address, { retries: 0 });
    for (let call = 0; call < 3; call++) {
      expect(await clients.thing.settings(scopeOf(), { thingId })).toEqual({
        kind: 'value',
        value: the.settings,
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(upstream.connections()).toBe(1);
    expect(log.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('an unsolicited 100 Continue is skipped before the answer to a write, and the write is sent once', async () => {
    let writes = 0;
    const upstream = await world.tcp(
      (socket) => (writes++, socket.write(interim), setImmediate(() => socket.write(final))),
    );
    const { clients } = world.clients(upstream.address, { retries: 0 });
    expect(await clients.thing.changeSettings(scopeOf(), { thingId }, { body: {} })).toEqual({
      kind: 'value',
      value: the.settings,
    });
    expect(writes).toBe(1);
  });

  test('the text of a 100 Continue within the body of an answer is not skipped', async () => {
    const text = JSON.stringify({ text: 'HTTP/1.1 100 Continue' });
    const start = text.indexOf('HTTP');
    const upstream = await world.tcp((socket) => {
      socket.write(head(type, `Content-Length: ${text.length}`) + text.slice(0, start));
      setImmediate(() => socket.write(text.slice(start)));
    });
    const { clients } = world.clients(upstream.address, { retries: 0 });
    expect(await clients.thing.settings(scopeOf(), { thingId })).toEqual({
      kind: 'value',
      value: JSON.parse(text),
    });
  });

  test.each([
    ['an answer that is an endless 100 Continue', `HTTP/1.1 100 Continue\r\nX: ${'x'.repeat(40_000)}`],
    [
      'an answer of 101 Switching Protocols',
      crlf('HTTP/1.1 101 Switching Protocols', 'Upgrade: x', 'Connection: upgrade', '', ''),
    ],
    ['an answer with an incomplete status line', 'HTTP/1.1'],
    ['an answer of 100 Continue and nothing else', interim],
  ])('a call with %s fails within its time', async (_title, answer) => {
    expect((await reading(answer)).outcome).toMatchObject({ kind: 'failed' });
  });
});
