import { describe, expect, test } from '@jest/globals';
import { createSyncClient, type JsonObject, type SyncClientOptions } from '../../src/index.ts';
import { abortable, json, MemoryStorage, originLock, scripted } from '../screen.ts';

const url = 'https://app.example/api/thing';
const token = 'tttttttttttttttttttttttt';
const next = 'nnnnnnnnnnnnnnnnnnnnnnnn';
const view = { title: 'First' };
const newer = { title: 'Newer' };
const fresh = (): Response => json(newer, { ETag: `"${next}"` });
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** Creates a device with the stored `view`. */
async function device(fetch: SyncClientOptions['fetch'], more: Partial<SyncClientOptions> = {}) {
  const storage = new MemoryStorage();
  await storage.set('sync', JSON.stringify({ urls: [url] }));
  await storage.set(`sync:${url}`, JSON.stringify({ token, view }));
  const lock = originLock();
  const start = () => createSyncClient({ storage, fetch, lock, ...more });
  return {
    storage,
    client: start(),
    start,
    stored: () => JSON.parse(storage.texts.get(`sync:${url}`) ?? 'null') as unknown,
  };
}
const answering = (...answers: Parameters<typeof scripted>) => device(scripted(...answers).fetch);
const problem = (status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ status, title: 'no' }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });

describe('a refresh without a usable answer', () => {
  test.each<[string, () => Response | Error, object]>([
    ['the request fails', () => new TypeError('fetch failed'), { reason: 'offline' }],
    [
      'the answer is 503 with Retry-After',
      () => problem(503, { 'Retry-After': '7' }),
      { reason: 'unavailable', status: 503, retryAfterMs: 7_000, problem: { title: 'no' } },
    ],
    [
      'the answer is 429 with a Retry-After date, measured by the clock of the server',
      () =>
        problem(429, {
          'Retry-After': 'Sun, 22 Nov 2026 00:00:09 GMT',
          Date: 'Sun, 22 Nov 2026 00:00:00 GMT',
        }),
      { reason: 'unavailable', status: 429, retryAfterMs: 9_000 },
    ],
    [
      'the answer has a Retry-After of a year, which is limited to an hour',
      () => problem(503, { 'Retry-After': '31536000' }),
      { retryAfterMs: 3_600_000 },
    ],
    [
      'a proxy answers 502',
      () => new Response('<html>', { status: 502 }),
      { reason: 'unavailable', status: 502 },
    ],
    [
      'a captive portal answers 403',
      () => new Response('<html>', { status: 403 }),
      { reason: 'foreign', status: 403 },
    ],
    [
      'the answer is a redirect to a login page',
      () => new Response('', { status: 302 }),
      { reason: 'foreign', status: 302 },
    ],
    [
      'the answer contains fallbacks only',
      () => json(newer, { 'BFF-Degraded': 'thing;reason=timeout' }),
      { reason: 'degraded', status: 200 },
    ],
  ])('a refresh returns the stored view and the reason when %s', async (_, answer, why) => {
    const { client, storage } = await device(async () => {
      const result = answer();
      if (result instanceof Error) throw result;
      return result;
    });
    const { writes } = storage;
    expect(await client.refresh(url)).toMatchObject({ view, outcome: 'kept', ...why });
    expect(storage.writes).toBe(writes);
  });

  test('a refresh without a usable answer rejects with the reason when no view is stored', async () => {
    const client = createSyncClient({
      storage: new MemoryStorage(),
      fetch: scripted(problem(503, { 'Retry-After': '7' })).fetch,
    });
    await expect(client.refresh(url)).rejects.toMatchObject({
      reason: 'unavailable',
      status: 503,
      retryAfterMs: 7_000,
    });
  });

  test('the result of a refresh has the status of the answer', async () => {
    const { client } = await answering(fresh());
    expect(await client.refresh(url)).toMatchObject({ outcome: 'full', status: 200 });
  });
});

describe('a foreign 200 never changes the stored view', () => {
  const body = (more: JsonObject) => JSON.stringify({ ...newer, ...more });
  const ours = { etag: next, complete: true };
  test.each<[string, string, Record<string, string>]>([
    ['an HTML page', '<html>Log in to this hotel</html>', { 'Content-Type': 'text/html', ETag: `"${next}"` }],
    [
      'an HTML page with the type application/json',
      '<html>',
      { 'Content-Type': 'application/json', ETag: `"${next}"` },
    ],
    [
      'JSON with the type text/plain',
      body({ _meta: ours }),
      { 'Content-Type': 'text/plain', ETag: `"${next}"` },
    ],
    ['an answer without a content type', body({ _meta: ours }), { ETag: `"${next}"`, 'Content-Type': '' }],
    ['JSON without _meta', body({}), { 'Content-Type': 'application/json', ETag: `"${next}"` }],
    ['an answer without an ETag', body({ _meta: ours }), { 'Content-Type': 'application/json' }],
    [
      'an answer whose ETag is not a sync token',
      body({ _meta: ours }),
      { 'Content-Type': 'application/json', ETag: '"507f1f77bcf86cd799439011"' },
    ],
    [
      'an answer without an etag in _meta',
      body({ _meta: { complete: true } }),
      { 'Content-Type': 'application/json', ETag: `"${next}"` },
    ],
    [
      'an answer that only its header field marks as degraded',
      body({ _meta: ours }),
      { 'Content-Type': 'application/json', 'BFF-Degraded': 'x', 'Sync-Keep': '"a"' },
    ],
    [
      'a truncated body',
      body({ _meta: ours }).slice(0, -9),
      { 'Content-Type': 'application/json', ETag: `"${next}"` },
    ],
    ['an empty body', '', { 'Content-Type': 'application/json' }],
  ])('a foreign 200 never changes the stored view: %s', async (_, text, headers) => {
    const { client, stored } = await device(async () => new Response(text, { headers }));
    expect(await client.refresh(url)).toMatchObject({
      view,
      outcome: 'kept',
      reason: 'foreign',
      status: 200,
    });
    expect(stored()).toEqual({ token, view });
  });

  test('a 200 that is truncated at any byte never changes the stored view', async () => {
    const text = body({ _meta: ours });
    for (let length = 0; length < text.length; length++) {
      const { client, stored } = await device(
        async () =>
          new Response(text.slice(0, length), {
            headers: { 'Content-Type': 'application/json', ETag: `"${next}"` },
          }),
      );
      expect(await client.refresh(url)).toMatchObject({ view, reason: 'foreign' });
      expect(stored()).toEqual({ token, view });
    }
  });
});

describe('callers that share a request', () => {
  /** A fetch whose answers the test releases. */
  function held() {
    const requests: { readonly signal: AbortSignal; answer(response: Response): void }[] = [];
    let onRequest: () => void = () => undefined;
    const fetch: SyncClientOptions['fetch'] = (_, { signal }) =>
      new Promise((resolve, reject) => {
        signal!.addEventListener('abort', () => reject(signal!.reason as Error));
        requests.push({ signal: signal!, answer: resolve });
        onRequest();
      });
    return {
      fetch,
      requests,
      requested: () =>
        new Promise<void>((resolve) => (requests.length > 0 ? resolve() : (onRequest = resolve))),
    };
  }

  test('when one of several refreshes that share a request is aborted, it rejects with the reason, and the others get the answer', async () => {
    const { fetch, requests, requested } = held();
    const { client } = await device(fetch);
    const { signal, abort } = abortable();
    const [first, second] = [client.refresh(url, { signal }), client.refresh(url)];
    await requested();
    abort();
    await expect(first).rejects.toThrow('aborted');
    requests[0]!.answer(fresh());
    expect(await second).toMatchObject({ view: newer, outcome: 'full' });
    expect(requests).toHaveLength(1);
  });

  test('when one of several refreshes that share a request times out, it returns the stored view, and the others get the answer', async () => {
    const { fetch, requests, requested } = held();
    const { client } = await device(fetch);
    const [first, second] = [client.refresh(url, { timeoutMs: 5 }), client.refresh(url)];
    expect(await first).toMatchObject({ view, outcome: 'kept', reason: 'timeout' });
    await requested();
    requests[0]!.answer(fresh());
    expect(await second).toMatchObject({ view: newer });
  });

  test('when all refreshes that share a request are aborted, the request is aborted, and the next refresh starts another request', async () => {
    const { fetch, requests, requested } = held();
    const { client } = await device(fetch);
    const [one, two] = [abortable(), abortable()];
    const calls = [client.refresh(url, { signal: one.signal }), client.refresh(url, { signal: two.signal })];
    await requested();
    one.abort();
    await expect(calls[0]).rejects.toThrow('aborted');
    expect(requests[0]!.signal.aborted).toBe(false);
    two.abort();
    await expect(calls[1]).rejects.toThrow('aborted');
    expect(requests[0]!.signal.aborted).toBe(true);

    const third = client.refresh(url);
    while (requests.length < 2) await new Promise(setImmediate);
    requests[1]!.answer(fresh());
    expect(await third).toMatchObject({ view: newer });
  });

  test('a refresh with a signal that is already aborted rejects, and the time limit of a refresh is not passed to fetch', async () => {
    const inits: object[] = [];
    const { client } = await device(async (_, init) => (inits.push(init), fresh()));
    await expect(client.refresh(url, { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    await client.refresh(url, { timeoutMs: 1_000 });
    expect(inits.at(-1)).not.toHaveProperty('timeoutMs');
  });
});

describe('an operation that hangs is bounded', () => {
  test('when fetch hangs and ignores its signal, a refresh returns the stored view, and the next refresh is not delayed', async () => {
    let calls = 0;
    const { client } = await device(() => (++calls === 1 ? never() : Promise.resolve(fresh())), {
      timeoutMs: 20,
    });
    expect(await client.refresh(url)).toMatchObject({ view, outcome: 'kept', reason: 'timeout' });
    expect(await client.refresh(url)).toMatchObject({ view: newer });
  });

  test('when the body of an answer never ends, a refresh returns the stored view', async () => {
    const { client } = await device(
      async () => ({ status: 200, headers: new Headers(), text: () => never<string>() }),
      { timeoutMs: 20 },
    );
    expect(await client.refresh(url)).toMatchObject({ view, reason: 'timeout' });
  });

  test('when fetch hangs and no view is stored, a refresh rejects with the reason timeout', async () => {
    const client = createSyncClient({ storage: new MemoryStorage(), fetch: () => never(), timeoutMs: 20 });
    await expect(client.refresh(url)).rejects.toMatchObject({ name: 'SyncFailed', reason: 'timeout' });
  });

  test.each(['get', 'set', 'delete'] as const)(
    'when the method %s of the storage hangs, a refresh still returns the answer',
    async (method) => {
      const { client, storage } = await device(async () => fresh(), { timeoutMs: 400 });
      Object.assign(storage, { [method]: () => never() });
      expect(await client.refresh(url)).toMatchObject({ view: newer, outcome: 'full' });
    },
  );

  test('when a lock is never granted, a refresh still returns the answer', async () => {
    const { client } = await device(async () => fresh(), { timeoutMs: 200, lock: () => never() });
    expect(await client.refresh(url)).toMatchObject({ view: newer, outcome: 'full' });
  });
});

describe('forget', () => {
  test('forget deletes all views, and the result of a request in flight is not stored', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { client, storage } = await device(() => new Promise((resolve) => (answer = resolve)));
    const other = createSyncClient({ storage, fetch: scripted(fresh()).fetch, lock: originLock() });
    await other.refresh('https://app.example/api/other');
    const refreshing = client.refresh(url);
    const failed = expect(refreshing).rejects.toMatchObject({ reason: 'forgotten' });
    await new Promise(setImmediate);
    await client.forget();
    answer(fresh());
    await failed;
    await new Promise(setImmediate);
    expect([...storage.texts.keys()]).toEqual(['sync']);
    expect(await client.last(url)).toBeUndefined();
    expect(await other.last('https://app.example/api/other')).toBeUndefined();
  });

  test('after forget, a request that another tab started before does not store its result', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { client, start, storage } = await device(() => new Promise((resolve) => (answer = resolve)));
    const otherTab = start();
    const refreshing = otherTab.refresh(url);
    await new Promise(setImmediate);
    await client.forget();
    answer(fresh());
    await refreshing;
    expect(await otherTab.last(url)).toBeUndefined();
    expect([...storage.texts.values()].join()).not.toContain('Newer');
  });

  test('after forget, the next user starts without views, and views are stored as before', async () => {
    const { client } = await answering(fresh(), fresh());
    await client.refresh(url);
    await client.forget();
    expect(await client.last(url)).toBeUndefined();
    expect((await client.refresh(url)).outcome).toBe('full');
    expect(await client.last(url)).toEqual(newer);
  });

  test('forget deletes every view, even if the storage failed to read its index while a view was stored', async () => {
    const other = 'https://app.example/api/other';
    const { client, storage } = await answering(fresh());
    const get = storage.get.bind(storage);
    storage.get = async (key) => {
      if (key === 'sync') throw new Error('storage');
      return get(key);
    };
    expect((await client.refresh(other)).outcome).toBe('full');
    storage.get = get;
    await client.forget();
    expect([...storage.texts.keys()]).toEqual(['sync']);
  });

  test('forget rejects when the storage fails', async () => {
    const { client, storage } = await answering(fresh());
    storage.broken = 'set';
    await expect(client.forget()).rejects.toThrow('quota');
  });
});

describe('damaged storage', () => {
  test.each(['', '{', '[]', '{"view":{"a":1},"token":7}', '"text"', '{"view":{"title":"First"},"to'])(
    'when the stored view is damaged (%j), the next refresh gets a complete answer',
    async (text) => {
      const { client, storage, stored } = await answering(fresh());
      storage.texts.set(`sync:${url}`, text);
      expect(await client.refresh(url)).toMatchObject({ view: newer, outcome: 'full' });
      expect(stored()).toMatchObject({ token: next, view: newer });
    },
  );

  test.each(['{', '[]', '{"urls":7}', '{"epoch":1,"urls":[1,null]}'])(
    'when the index of the storage is damaged (%j), no view is lost',
    async (text) => {
      const { client, storage } = await answering(fresh());
      storage.texts.set('sync', text);
      expect(await client.last(url)).toEqual(view);
      await client.refresh(url);
      expect(await client.last(url)).toEqual(newer);
      await client.forget();
      expect(storage.texts.has(`sync:${url}`)).toBe(false);
    },
  );
});
