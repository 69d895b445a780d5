import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { canonicalJson, createSyncClient, SyncFailed, type JsonObject } from '../../src/index.ts';
import { json, MemoryStorage, respond, scripted } from '../screen.ts';
import { createWorld, item, thing, thingRequest } from '../world.ts';

const url = 'https://app.example/api/thing';
const token = 'tttttttttttttttttttttttt';
const next = 'nnnnnnnnnnnnnnnnnnnnnnnn';
const digestOf = async (view: JsonObject): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(canonicalJson(view)))).toString('base64');

const view = { title: 'First', count: 1 };
const changed = { title: 'First', count: 2 };
const patch = '[{"op":"replace","path":"/count","value":2}]';
const patchHeaders = {
  IM: 'json-patch',
  ETag: `"${next}"`,
  'Delta-Base': `"${token}"`,
  'Sync-Digest': `sha-256=:${await digestOf(changed)}:`,
};
const patched = (more: Record<string, string> = {}, body = patch) =>
  new Response(body, { status: 226, headers: { ...patchHeaders, ...more } });
const fullAnswer = () => json(changed, { ETag: `"${next}"` });
const refused = (status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ status }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
/** Header fields of every request. */
const always = { 'A-IM': 'json-patch', 'Cache-Control': 'no-cache, no-store' };

/** Creates a device with the stored `view`, and the answers to its requests. */
async function device(...answers: Parameters<typeof scripted>) {
  const storage = new MemoryStorage();
  await storage.set(`sync:${url}`, JSON.stringify({ token, view }));
  storage.writes = 0;
  const { fetch, sent } = scripted(...answers);
  return { storage, sent, client: createSyncClient({ storage, fetch }) };
}
const stored = (storage: MemoryStorage) => JSON.parse(storage.texts.get(`sync:${url}`) ?? 'null') as unknown;

describe('a refresh by a device', () => {
  test('the first refresh gets a complete answer, which is stored with its token as one text', async () => {
    const { fetch, sent } = scripted(fullAnswer());
    const storage = new MemoryStorage();
    const refresh = await createSyncClient({ storage, fetch }).refresh(url, {
      headers: { Authorization: 'Bearer x' },
    });
    expect(refresh).toEqual({
      view: changed,
      outcome: 'full',
      status: 200,
      degraded: [],
      bytes: expect.any(Number),
    });
    expect(sent).toMatchObject([{ url, headers: { Authorization: 'Bearer x', ...always } }]);
    expect(stored(storage)).toEqual({ token: next, view: changed });
  });

  test('a refresh of an unchanged view gets 304 and writes nothing to the storage', async () => {
    const { client, storage, sent } = await device(
      new Response(null, { status: 304, headers: { ETag: `"${token}"` } }),
    );
    expect(await client.refresh(url)).toEqual({
      view,
      outcome: 'unchanged',
      status: 304,
      degraded: [],
      bytes: 0,
    });
    expect(sent[0]!.headers).toEqual({ ...always, 'If-None-Match': `"${token}"` });
    expect(storage.writes).toBe(0);
  });

  test('a refresh of a changed view gets a patch, which is applied, verified and stored', async () => {
    const { client, storage } = await device(patched());
    expect(await client.refresh(url)).toEqual({
      view: changed,
      outcome: 'patched',
      status: 226,
      degraded: [],
      bytes: patch.length,
    });
    expect(stored(storage)).toEqual({ token: next, view: changed });
  });

  test('a refresh after a rotation of the server key gets a 304 with another token, which is stored', async () => {
    const { client, storage } = await device(
      new Response(null, { status: 304, headers: { ETag: `"${next}-br"` } }),
    );
    expect((await client.refresh(url)).outcome).toBe('unchanged');
    expect(stored(storage)).toEqual({ token: next, view });
  });

  test.each([`W/"${next}"`, `"${next}-br"`, `W/"${next}-gzip"`])(
    'the token is read from the entity tag %s',
    async (tag) => {
      const { client, storage } = await device(json(changed, { ETag: tag }));
      await client.refresh(url);
      expect(stored(storage)).toEqual({ token: next, view: changed });
    },
  );

  test('a complete view whose entity tag is not a token is stored without a token, and the next answer is complete', async () => {
    const tag = '"33a64df551425fcc"';
    const { client, storage, sent } = await device(
      Response.json(
        { ...changed, _meta: { etag: tag.slice(1, -1), complete: true } },
        { headers: { ETag: tag } },
      ),
      fullAnswer(),
    );
    expect((await client.refresh(url)).outcome).toBe('full');
    expect(stored(storage)).toEqual({ view: changed });
    await client.refresh(url);
    expect(sent[1]!.headers).not.toHaveProperty('If-None-Match');
  });

  test('`last` returns the stored view without a request', async () => {
    const { client, sent } = await device();
    expect(await client.last(url)).toEqual(view);
    expect(await client.last('https://app.example/api/other')).toBeUndefined();
    expect(sent).toEqual([]);
  });

  test('a refresh reports the transferred bytes if the answer has a Content-Length', async () => {
    const { client } = await device(patched({ 'Content-Length': '31' }));
    expect((await client.refresh(url)).bytes).toBe(31);
  });

  test('two concurrent refreshes make one request', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { client, sent } = await device(() => new Promise((resolve) => (answer = resolve)), fullAnswer());
    const [first, second] = [client.refresh(url), client.refresh(url)];
    await new Promise(setImmediate);
    answer(patched());
    expect(await first).toBe(await second);
    expect(sent).toHaveLength(1);
    await client.refresh(url);
    expect(sent).toHaveLength(2);
  });

  test('a failed refresh does not block the next refresh', async () => {
    const { fetch } = scripted(new Error('offline'), fullAnswer());
    const client = createSyncClient({ storage: new MemoryStorage(), fetch });
    await expect(client.refresh(url)).rejects.toThrow(SyncFailed);
    expect((await client.refresh(url)).outcome).toBe('full');
  });
});

describe('an unusable answer makes the device request a complete one', () => {
  test.each<[string, () => Response | Promise<Response>]>([
    [
      'a patch whose result does not match the digest',
      () => patched({}, '[{"op":"replace","path":"/count","value":3}]'),
    ],
    ['a patch with an operation missing', () => patched({}, '[]')],
    ['a patch that does not fit the stored view', () => patched({}, '[{"op":"remove","path":"/nowhere"}]')],
    ['a patch that makes the view a list', () => patched({}, '[{"op":"add","path":"","value":[]}]')],
    ['a patch that is not JSON', () => patched({}, '<html>')],
    ['JSON that is not a patch', () => patched({}, '{"count":2}')],
    ['a truncated patch', () => patched({}, patch.slice(0, -5))],
    [
      'a patch with the digest of another view',
      async () => patched({ 'Sync-Digest': `sha-256=:${await digestOf(view)}:` }),
    ],
    [
      'a patch with a digest of an unknown algorithm',
      () => patched({ 'Sync-Digest': 'md5=:rL0Y20zC+Fzt72VPzMSk2A==:' }),
    ],
    ['a patch without a digest', () => patched({ 'Sync-Digest': '' })],
    ['a patch with another Delta-Base', () => patched({ 'Delta-Base': `"${next}"` })],
    ['a patch without a Delta-Base', () => patched({ 'Delta-Base': '' })],
    ['a patch with an unknown instance manipulation', () => patched({ IM: 'vcdiff' })],
    ['a patch with two instance manipulations', () => patched({ IM: 'json-patch, gzip' })],
    ['a patch without an ETag for its result', () => patched({ ETag: '' })],
    ['a patch with a malformed Sync-Keep', () => patched({ 'Sync-Keep': '"%E0%A4%A"' })],
    ['a 200 that is not JSON', () => new Response('<html>Welcome to the hotel</html>')],
    ['a 200 that is a list', () => new Response('[1]')],
    ['a 200 that is null', () => new Response('null')],
  ])('after an unusable answer (%s), the device requests a complete answer', async (_, bad) => {
    const { client, storage, sent } = await device(await bad(), fullAnswer());
    expect(await client.refresh(url)).toMatchObject({ view: changed, outcome: 'full' });
    expect(sent.map(({ headers }) => headers)).toEqual([
      { ...always, 'If-None-Match': `"${token}"` },
      always,
    ]);
    expect(stored(storage)).toEqual({ token: next, view: changed });
  });

  test.each<[string, Response | Error]>([
    ['offline', new TypeError('fetch failed')],
    ['503', new Response('{}', { status: 503 })],
    ['another HTML page', new Response('<html>')],
    ['a 304 to a request without a token', new Response(null, { status: 304 })],
  ])(
    'when the complete answer after an unusable one is unusable too (%s), the stored view is kept',
    async (_, second) => {
      const { client, storage } = await device(patched({}, '[]'), second);
      expect(await client.refresh(url)).toMatchObject({ view, outcome: 'kept' });
      expect(stored(storage)).toEqual({ token, view });
    },
  );

  test('a device without a view that gets a 304 requests a complete answer', async () => {
    const { fetch, sent } = scripted(new Response(null, { status: 304 }), fullAnswer());
    const client = createSyncClient({ storage: new MemoryStorage(), fetch });
    expect((await client.refresh(url)).view).toEqual(changed);
    expect(sent).toHaveLength(2);
  });
});

describe('a stored view is never lost', () => {
  test.each([500, 502, 503, 504, 408, 425, 429, 204, 301])(
    'when the answer to a refresh is %i, the stored view is kept',
    async (status) => {
      const { client, storage } = await device(new Response(status === 204 ? null : '{}', { status }));
      expect(await client.refresh(url)).toMatchObject({ view, outcome: 'kept' });
      expect(storage.writes).toBe(0);
    },
  );

  test('when the device is offline, the stored view is kept', async () => {
    const { client } = await device(new TypeError('fetch failed'));
    expect(await client.refresh(url)).toEqual({
      view,
      outcome: 'kept',
      reason: 'offline',
      degraded: [],
      bytes: 0,
    });
  });

  test('when the connection ends in the middle of the body, the stored view is kept', async () => {
    const { client } = await device(
      () =>
        new Response(
          new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }),
        ),
    );
    expect(await client.refresh(url)).toMatchObject({ view, outcome: 'kept' });
  });

  test.each([400, 401, 403, 404, 410])(
    'when the answer is %i, the refresh rejects, and the stored view is kept',
    async (status) => {
      const { client, storage } = await device(refused(status));
      await expect(client.refresh(url)).rejects.toMatchObject({
        name: 'SyncFailed',
        reason: 'refused',
        status,
        problem: { status },
      });
      expect(stored(storage)).toEqual({ token, view });
    },
  );

  test('when no view is stored yet and the answer is unusable, the refresh rejects', async () => {
    for (const [answer, status] of [
      [new Error('offline'), undefined],
      [new Response('', { status: 503 }), 503],
    ] as const) {
      const client = createSyncClient({ storage: new MemoryStorage(), fetch: scripted(answer).fetch });
      await expect(client.refresh(url)).rejects.toMatchObject({ name: 'SyncFailed', status });
    }
  });

  test('when the storage rejects writes, the new view is returned, and the old view is kept with its own token', async () => {
    const { client, storage } = await device(patched());
    storage.broken = 'set';
    expect(await client.refresh(url)).toMatchObject({ view: changed, outcome: 'patched' });
    expect(stored(storage)).toEqual({ token, view });
  });

  test.each(['', '{', 'null', '[]', '{"token":"x"}', '{"view":1}', '{"view":[]}'])(
    'when the storage contains %j, the device requests a complete view',
    async (text) => {
      const { client, storage, sent } = await device(fullAnswer());
      storage.texts.set(`sync:${url}`, text);
      expect((await client.refresh(url)).outcome).toBe('full');
      expect(sent[0]!.headers).not.toHaveProperty('If-None-Match');
    },
  );

  test('when the storage rejects reads, the device requests a complete view', async () => {
    const { client, storage } = await device(fullAnswer());
    storage.broken = 'get';
    expect((await client.refresh(url)).view).toEqual(changed);
    expect(await client.last(url)).toBeUndefined();
  });

  test('a patch never changes a view object that the app still shows', async () => {
    const { client } = await device(patched());
    const shown = (await client.last(url))!;
    await client.refresh(url);
    expect(shown).toEqual(view);
  });
});

describe('S9 a degraded answer on the device', () => {
  const degraded = { 'BFF-Degraded': 'inbox;reason=timeout;fallback=default', 'Cache-Control': 'no-store' };
  const fallback = { title: 'Fallback', count: 0 };

  test('after a degraded 200, degraded members keep their stored values, the others are updated, and the mixed view has no token', async () => {
    const { client, storage, sent } = await device(
      json(fallback, { ...degraded, 'Sync-Keep': '"count"' }),
      fullAnswer(),
    );
    expect(await client.refresh(url)).toMatchObject({
      view: { title: 'Fallback', count: 1 },
      outcome: 'full',
      degraded: ['count'],
    });
    expect(stored(storage)).toEqual({ view: { title: 'Fallback', count: 1 } });
    await client.refresh(url);
    expect(sent[1]!.headers).not.toHaveProperty('If-None-Match');
  });

  test('when a device without a view gets a degraded 200, the answer is returned and not stored', async () => {
    const { fetch } = scripted(json(fallback, { ...degraded, 'Sync-Keep': '"count"' }));
    const storage = new MemoryStorage();
    expect(await createSyncClient({ storage, fetch }).refresh(url)).toMatchObject({
      view: fallback,
      degraded: ['count'],
    });
    expect(storage.writes).toBe(0);
  });

  test('after a degraded 200 without Sync-Keep, the stored view is kept', async () => {
    const { client, storage } = await device(json(fallback, degraded));
    expect(await client.refresh(url)).toMatchObject({ view, outcome: 'kept' });
    expect(storage.writes).toBe(0);
  });

  test('a degraded member that the device does not have stays absent', async () => {
    const { client } = await device(
      json(
        { ...fallback, 'größe,"1"': 1 },
        { ...degraded, 'Sync-Keep': '"gr%C3%B6%C3%9Fe%2C%221%22", "count"' },
      ),
    );
    expect(await client.refresh(url)).toMatchObject({
      view: { title: 'Fallback', count: 1 },
      degraded: ['größe,"1"', 'count'],
    });
  });

  test('a degraded member that the device does not have is not a key of the view', async () => {
    const { client } = await device(
      json({ ...fallback, more: 1 }, { ...degraded, 'Sync-Keep': '"more", "count"' }),
    );
    expect(Object.keys((await client.refresh(url)).view)).toEqual(['title', 'count']);
  });

  test('after two degraded answers, the last mixed view is stored', async () => {
    const keep = { ...degraded, 'Sync-Keep': '"count"' };
    const { client, storage } = await device(
      json(fallback, keep),
      json({ ...fallback, title: 'Newer' }, keep),
    );
    await client.refresh(url);
    await client.refresh(url);
    expect(stored(storage)).toEqual({ view: { title: 'Newer', count: 1 } });
  });

  test('after a degraded patch (226), degraded members keep their stored values and are reported', async () => {
    const { client, storage } = await device(patched({ ...degraded, 'Sync-Keep': '"title"' }));
    expect(await client.refresh(url)).toMatchObject({
      view: changed,
      outcome: 'patched',
      degraded: ['title'],
    });
    expect(stored(storage)).toEqual({ token: next, view: changed });
  });
});

describe('the digest by which a patch is verified', () => {
  test('without WebCrypto, the digest of a patched view is computed in JavaScript', async () => {
    const storage = new MemoryStorage();
    const { fetch, sent } = scripted(json(view, { ETag: `"${token}"` }), patched());
    const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
    try {
      const client = createSyncClient({ storage, fetch });
      await client.refresh(url);
      expect((await client.refresh(url)).outcome).toBe('patched');
    } finally {
      Object.defineProperty(globalThis, 'crypto', original);
    }
    expect(sent).toHaveLength(2);
  });

  test('the digest of a patched view is computed by the `digest` option if there is one', async () => {
    const storage = new MemoryStorage();
    await storage.set(`sync:${url}`, JSON.stringify({ token, view }));
    const { fetch } = scripted(patched({ 'Sync-Digest': 'sha-256=:native:' }));
    const client = createSyncClient({
      storage,
      fetch,
      digest: async (text) => (text === canonicalJson(changed) ? 'native' : ''),
    });
    expect((await client.refresh(url)).outcome).toBe('patched');
  });
});

/** Encodes as the sender does: larger bodies are compressed, and the tag of a 200 gets the suffix. */
async function coded(answer: Response): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const { status, headers } = answer;
  let body = Buffer.from(await answer.arrayBuffer());
  if (body.length > 300) {
    body = gzipSync(body);
    headers.set('Content-Encoding', 'gzip');
    const tag = headers.get('ETag');
    if (tag && status === 200) headers.set('ETag', tag.replace(/"$/, '-gzip"'));
  }
  headers.set('Content-Length', String(body.length));
  return { status, headers, body };
}

test('S4 over HTTP, client and server exchange complete, unchanged, patched and degraded views, and resets', async () => {
  const { sync, watched } = createWorld();
  let screen: JsonObject = thing();
  let degradedFields: string[] = [];
  const server = createServer(async (request, response) => {
    const answer = await sync.sync({
      ...thingRequest,
      view: screen,
      degradedFields,
      aIm: request.headers['a-im'] as string | undefined,
      ifNoneMatch: request.headers['if-none-match'],
    });
    await sync.settled();
    const { status, headers, body } = await coded(respond(answer));
    response.writeHead(status, Object.fromEntries(headers)).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const client = createSyncClient({ storage: new MemoryStorage(), fetch });
    const refresh = () =>
      client.refresh(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/thing`);

    const first = await refresh();
    expect(first).toMatchObject({ view: screen, outcome: 'full' });
    expect(first.bytes).toBeLessThan(JSON.stringify(screen).length);
    expect(await refresh()).toMatchObject({ view: screen, outcome: 'unchanged', bytes: 0 });

    screen = thing({
      things_count: 4,
      things: [item('o9'), item('o1'), item('o2'), item('o3')],
    });
    expect(await refresh()).toMatchObject({ view: screen, outcome: 'patched' });

    const real = screen;
    screen = { ...screen, title: 'New', things: [] };
    degradedFields = ['things'];
    expect(await refresh()).toMatchObject({
      view: { ...real, title: 'New' },
      outcome: 'patched',
      degraded: ['things'],
    });
    watched.wipe();
    screen = { ...screen, title: 'Newer' };
    expect(await refresh()).toMatchObject({
      view: { ...real, title: 'Newer' },
      outcome: 'full',
      degraded: ['things'],
    });

    degradedFields = [];
    screen = { ...screen, things: [item('o5')] };
    expect(await refresh()).toMatchObject({ view: screen, outcome: 'full', degraded: [] });
    screen = { ...screen, title: 'First again' };
    expect(await refresh()).toMatchObject({ view: screen, outcome: 'patched' });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('F42 when a changed policy hides the stored view, the device replaces it with the degraded answer, without a token', async () => {
  const fallback = { title: 'First', _meta: {} };
  const degraded = {
    'BFF-Degraded': 'count;reason=timeout;fallback=default',
    'Sync-Reset': 'policy-changed',
  };
  const { client, storage } = await device(json(fallback, degraded));
  expect(await client.refresh(url)).toMatchObject({ view: { title: 'First' }, outcome: 'full' });
  expect(stored(storage)).toEqual({ view: { title: 'First' } });
});
