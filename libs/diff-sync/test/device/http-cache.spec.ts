import { describe, expect, test } from '@jest/globals';
import { createSyncClient, type JsonObject, type SyncClientOptions } from '../../src/index.ts';
import { MemoryStorage, originLock, respond } from '../screen.ts';
import { createWorld, thing, thingRequest } from '../world.ts';
import { httpCache } from './http-cache.ts';

const url = 'https://app.example/api/thing';

/** A device, a cache below its `fetch`, and the server. */
function world(noCacheFields = false) {
  const { sync } = createWorld();
  const screen: { view: JsonObject } = { view: thing() };
  const asked: (string | undefined)[] = [];
  const origin: SyncClientOptions['fetch'] = async (_, { headers = {} }) => {
    const ifNoneMatch = headers['If-None-Match'];
    asked.push(ifNoneMatch);
    const answer = await sync.sync({ ...thingRequest, view: screen.view, aIm: headers['A-IM'], ifNoneMatch });
    await sync.settled();
    const response = respond(answer);
    response.headers.set('Vary', 'Accept-Encoding, A-IM');
    response.headers.set('Cache-Control', answer.kind === 'delta' ? 'no-store' : 'private, no-cache');
    return response;
  };
  const cache = httpCache(origin);
  const fetch: SyncClientOptions['fetch'] = (to, init) => {
    if (!noCacheFields) return cache.fetch(to, init);
    const headers = Object.entries(init.headers ?? {}).filter(([name]) => name !== 'Cache-Control');
    return cache.fetch(to, { ...init, headers: Object.fromEntries(headers) });
  };
  const start = () => createSyncClient({ storage: new MemoryStorage(), lock: originLock(), fetch });
  return { screen, cache, start, asked };
}

describe('an HTTP cache below fetch', () => {
  test('an HTTP cache below fetch stores no answer to the sync client, and adds no condition to its requests', async () => {
    const { screen, cache, start, asked } = world();
    const client = start();
    expect(await client.refresh(url)).toMatchObject({ view: screen.view, outcome: 'full' });
    screen.view = thing({ title: 'Second' });
    expect(await client.refresh(url)).toMatchObject({ view: screen.view, outcome: 'patched' });
    expect(await client.refresh(url)).toMatchObject({ view: screen.view, outcome: 'unchanged' });
    expect(await start().refresh(url)).toMatchObject({ view: screen.view, outcome: 'full' });
    expect(cache.stored()).toEqual([]);
    expect(asked).toEqual([undefined, expect.any(String), expect.any(String), undefined]);
  });

  test('if the sync client sent no Cache-Control, an HTTP cache would add its own If-None-Match, and a new device would get a patch of a view that it does not have', async () => {
    const { screen, cache, start, asked } = world(true);
    await start().refresh(url);
    expect(cache.stored()).toEqual([[url, 200]]);
    screen.view = thing({ title: 'Second' });
    await expect(start().refresh(url)).rejects.toMatchObject({ reason: 'foreign', status: 226 });
    expect(asked.slice(1)).toEqual([expect.any(String), expect.any(String)]);
  });
});
