import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, jest, test } from '@jest/globals';
import type { StateKey } from '@bff/service-kit';
import { canonicalJson } from '../../src/index.ts';
import { decodeBase } from '../../src/server/base-record.ts';
import { createWorld, delta, full, hour, item, tag, thing, thingRequest } from '../world.ts';

const view = (count: number) => thing({ things_count: count });

describe('S10 the store of bases', () => {
  test('a sync base contains the view after policy, canonical and compressed, under its tenant and token', async () => {
    const { ask, watched } = createWorld();
    const long = thing({ things: Array.from({ length: 40 }, (_, id) => item(`o${id}`)) });
    const { token } = full(await ask(long));
    const [key] = watched.baseKeys();
    expect(key).toMatch(new RegExp(`^{t1}:sync:[\\w-]{24}:${token}$`));
    const [bytes] = await watched.liveBases();
    expect(inflateRawSync(bytes!).toString()).toBe(`2:v1${canonicalJson(long)}`);
    expect(bytes!.length).toBeLessThan(canonicalJson(long).length / 8);
  });

  test('a sync base is never rewritten: the same view has one base for all devices and replicas', async () => {
    const { ask, watched, replica } = createWorld();
    await ask(thing());
    await ask(thing());
    await ask(thing(), {}, replica());
    expect(watched.baseKeys()).toHaveLength(1);
    const methods = new Set(
      watched.calls.filter(({ key }) => key === watched.baseKeys()[0]).map(({ method }) => method),
    );
    expect([...methods].sort()).toEqual(['add', 'touch']);
  });

  test('a sync base is kept while it is in use, even if every answer is 304', async () => {
    const { ask, clock } = createWorld();
    const { token } = full(await ask(view(1)));
    for (let quarter = 0; quarter < 10; quarter++) {
      clock.pass(hour / 4);
      expect((await ask(view(1), { ifNoneMatch: tag(token) })).kind).toBe('not-modified');
    }
    const next = delta(await ask(view(2), { ifNoneMatch: tag(token) }));
    for (let quarter = 0; quarter < 10; quarter++) {
      clock.pass(hour / 4);
      // A device that never receives its answers names the same base repeatedly.
      expect((await ask(view(quarter + 3), { ifNoneMatch: tag(next.token) })).kind).toBe('delta');
    }
  });

  test('a sync base that is not used expires', async () => {
    const { ask, clock, watched } = createWorld();
    await ask(view(1));
    clock.pass(hour - 1);
    expect(await watched.liveBases()).toHaveLength(1);
    clock.pass(1);
    expect(await watched.liveBases()).toHaveLength(0);
  });

  test('the lifetime of a sync base is extended once per eighth of the lifetime, not once per request', async () => {
    const { ask, clock, watched } = createWorld();
    const { token } = full(await ask(view(1)));
    watched.calls.length = 0;
    for (let request = 0; request < 100; request++) {
      clock.pass(hour / 800);
      await ask(view(1), { ifNoneMatch: tag(token) });
    }
    expect(watched.calls.map(({ method }) => method)).toEqual(['touch', 'touch']);
  });

  test('a patch from a sync base that was written just before does not extend the lifetime of the base', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(view(1)));
    watched.calls.length = 0;
    expect((await ask(view(2), { ifNoneMatch: tag(token) })).kind).toBe('delta');
    expect(watched.calls.map(({ method }) => method)).toEqual(['get', 'add', 'markUsed']);
  });

  test('the lifetime of a sync base is extended for each device separately', async () => {
    const { ask, clock } = createWorld();
    const { token } = full(await ask(view(1), { device: 'phone' }));
    await ask(view(1), { device: 'watch' });
    clock.pass(hour / 2);
    for (const device of ['phone', 'watch']) await ask(view(1), { device, ifNoneMatch: tag(token) });
    clock.pass(hour / 2);
    for (const device of ['phone', 'watch'])
      expect((await ask(view(2), { device, ifNoneMatch: tag(token) })).kind).toBe('delta');
  });

  test('a sync base of an earlier policy is used, but its lifetime is not extended', async () => {
    const { ask, clock, watched } = createWorld();
    const { token } = full(await ask(view(1)));
    clock.pass(hour - 1);
    expect((await ask(view(2), { policyVersion: 'v2', ifNoneMatch: tag(token) })).kind).toBe('delta');
    expect(await watched.liveBases()).toHaveLength(2);
    clock.pass(1);
    expect(await watched.liveBases()).toHaveLength(1);
  });

  test('a sync base is inflated to at most 4 MiB, whatever the store contains', () => {
    expect(decodeBase(deflateRawSync(Buffer.alloc(4 * 1024 * 1024 + 1)))).toBe('damaged');
    expect(decodeBase(deflateRawSync(Buffer.alloc(4 * 1024 * 1024)))).not.toBe('damaged');
  });

  test('when the store has lost a base, the next 304 that is due to extend its lifetime stores it again', async () => {
    const { ask, clock, watched } = createWorld();
    const { token } = full(await ask(view(1)));
    watched.wipe();
    clock.pass(hour / 8);
    await ask(view(1), { ifNoneMatch: tag(token) });
    expect((await ask(view(2), { ifNoneMatch: tag(token) })).kind).toBe('delta');
  });

  test('a missing sync base shows that the store was wiped, so that the next 304 to another device stores its base again', async () => {
    const { ask, watched } = createWorld();
    const { token } = full(await ask(view(1)));
    const other = full(await ask(view(1), { device: 'tablet' })).token;
    watched.wipe();
    expect(full(await ask(view(2), { device: 'tablet', ifNoneMatch: tag(other) })).reset).toBe('unknown');
    expect((await ask(view(1), { ifNoneMatch: tag(token) })).kind).toBe('not-modified');
    expect((await ask(view(2), { ifNoneMatch: tag(token) })).kind).toBe('delta');
  });

  test('a scope has at most 8 sync bases, and the least recently used base is evicted first', async () => {
    const { ask, watched } = createWorld();
    const tokens: string[] = [];
    for (let count = 0; count < 12; count++) tokens.push(full(await ask(view(count))).token!);
    expect(await watched.liveBases()).toHaveLength(8);
    const kinds = [];
    for (const token of tokens)
      kinds.push((await ask(thing({ title: 'New' }), { ifNoneMatch: tag(token) })).kind);
    // The base of the new view takes one of the eight places.
    expect(kinds).toEqual([...Array(5).fill('full'), ...Array(7).fill('delta')]);
    expect(await watched.liveBases()).toHaveLength(8);
  });

  test('a sync base becomes the most recently used when its view is sent again', async () => {
    const { ask, watched } = createWorld({ maxBasesPerScope: 2 });
    const { token } = full(await ask(view(1)));
    await ask(view(2));
    await ask(view(1));
    await ask(view(3));
    expect(await watched.liveBases()).toHaveLength(2);
    expect((await ask(view(4), { ifNoneMatch: tag(token) })).kind).toBe('delta');
  });

  test('the sync base of a device that loses its answers is kept, however many patches were made from the base', async () => {
    const { ask, watched } = createWorld({ maxBasesPerScope: 2 });
    const { token } = full(await ask(view(1)));
    for (let count = 2; count < 30; count++)
      expect((await ask(view(count), { ifNoneMatch: tag(token) })).kind).toBe('delta');
    expect(await watched.liveBases()).toHaveLength(2);
  });

  test('a limit of fewer than two bases per scope throws at start', () => {
    for (const maxBasesPerScope of [1, 0, NaN])
      expect(() => createWorld({ maxBasesPerScope })).toThrow(TypeError);
  });

  test('each screen, user, variant and device has its own limit of sync bases', async () => {
    const { ask, watched } = createWorld({ maxBasesPerScope: 2 });
    for (const other of [
      {},
      { subject: 'subject-u2' },
      { resource: '/api/other' },
      { variant: 'x' },
      { device: 'tablet' },
    ])
      await ask(thing(), other);
    expect(await watched.liveBases()).toHaveLength(5);
  });

  test('after fifty concurrent answers of three replicas, a scope has at most 8 sync bases', async () => {
    const { ask, replica, watched } = createWorld();
    const replicas = [replica(), replica(), replica()];
    await Promise.all(Array.from({ length: 50 }, (_, count) => ask(view(count), {}, replicas[count % 3])));
    expect((await watched.liveBases()).length).toBeLessThanOrEqual(8);
  });

  test('a sync base that could not be written causes a complete answer later, and no error', async () => {
    const debug = jest.fn();
    const { ask, watched } = createWorld({ log: { debug } as never });
    watched.state = 'read-only';
    const { token } = full(await ask(view(1)));
    expect(debug).toHaveBeenCalledWith({ err: expect.any(Error) }, 'a sync base was not written');
    watched.state = 'up';
    expect(full(await ask(view(2), { ifNoneMatch: tag(token) })).reset).toBe('unknown');
  });

  test('a sync base is written after the answer, which does not wait for the store', async () => {
    const { sync, watched } = createWorld();
    watched.state = 'hanging';
    for (let request = 0; request < 2_000; request++)
      expect((await sync.sync({ ...thingRequest, resource: `/${request}`, view: view(1) })).kind).toBe(
        'full',
      );
    await new Promise(setImmediate);
    // While the store hangs, at most 1,000 writes (of three calls each) are in memory.
    expect(watched.calls.length).toBeLessThanOrEqual(3_000);
  });

  test('a view of more than 1 MiB is answered with a token but not stored as a sync base', async () => {
    const { ask, watched } = createWorld();
    const huge = { text: 'x'.repeat(1024 * 1024) };
    const { token } = full(await ask(huge));
    expect(watched.baseKeys()).toEqual([]);
    expect((await ask(huge, { ifNoneMatch: tag(token) })).kind).toBe('not-modified');
  });

  test('a large view is compressed off the event loop, and stored as a sync base', async () => {
    const { ask, watched } = createWorld();
    const large = (first: number) => ({
      items: Array.from({ length: 5_000 }, (_, id) => ({ id, n: id === 0 ? first : id })),
    });
    const { token } = full(await ask(large(0)));
    expect((await watched.liveBases())[0]!.length).toBeLessThan(64 * 1024);
    expect(delta(await ask(large(1), { ifNoneMatch: tag(token) })).body).toBe(
      '[{"op":"replace","path":"/items/0/n","value":1}]',
    );
  });

  test('the list of the sync bases of a scope expires with the bases', async () => {
    const { ask, clock, watched } = createWorld();
    await ask(view(1));
    const used = watched.calls.find(({ method }) => method === 'markUsed')?.key as StateKey;
    expect(await watched.store.touch(used, hour)).toBe(true);
    clock.pass(hour);
    expect(await watched.store.touch(used, hour)).toBe(false);
  });
});
