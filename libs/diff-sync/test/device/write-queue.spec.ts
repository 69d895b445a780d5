import { describe, expect, test } from '@jest/globals';
import type { SettledWrite, WriteInit } from '../../src/device/writes/write-queue.ts';
import { device, kinds } from './queue-device.ts';
import { address, origin, problem, type Fate } from './settings-service.ts';
import { abortable } from '../screen.ts';

describe('writes made offline', () => {
  test('writes made offline are sent in order, each with its key, and a patch with the token of its base', async () => {
    const { queue, service, settled, client } = await device();
    const token = service.token;
    await queue.patch(address, { theme: 'dark' });
    await queue.send('POST', `${origin}/api/things/n1/read`);
    await queue.patch(address, { language: 'de' });
    expect(service.received).toEqual([]);
    expect(await queue.preview(address)).toEqual({ theme: 'dark', language: 'de' });

    expect(await queue.flush({ headers: { Authorization: 'Bearer x' } })).toEqual({ left: 0, waitMs: 0 });
    expect(service.received).toEqual([
      { method: 'PATCH', path: '/api/settings', key: '"k1"', ifMatch: `"${token}"`, status: 200 },
      { method: 'POST', path: '/api/things/n1/read', key: '"k2"', ifMatch: null, status: 200 },
      { method: 'PATCH', path: '/api/settings', key: '"k3"', ifMatch: expect.any(String), status: 200 },
    ]);
    expect(kinds(settled)).toEqual(['k1 applied', 'k2 applied', 'k3 applied']);
    expect(await client.last(address)).toEqual(service.state);
  });

  test('writes made offline survive a restart, and are removed from the storage when they are settled', async () => {
    const { queue, start, service, storage, clock } = await device();
    await queue.patch(address, { theme: 'dark' });
    const later = start();
    expect((await later.state()).pending).toEqual((await queue.state()).pending);
    await later.flush();
    expect(service.state).toEqual({ theme: 'dark', language: 'en' });
    const lastSyncAt = clock.time;
    expect(await later.state()).toEqual({ pending: [], failed: [], sending: false, damaged: 0, lastSyncAt });
    expect(storage.texts.get('writes')).toBe(JSON.stringify({ lastSyncAt }));
  });

  test('adding a patch without a stored view rejects, and adding a write that cannot be stored rejects', async () => {
    const { queue, storage } = await device();
    await expect(queue.patch(`${origin}/api/other`, { a: 1 })).rejects.toThrow(TypeError);
    storage.broken = 'set';
    await expect(queue.send('POST', `${origin}/api/things/n1/read`)).rejects.toThrow('quota');
    storage.broken = undefined;
    expect((await queue.state()).pending).toEqual([]);
  });

  test('the header fields and options of a flush apply to each of its requests, including the read after a 412', async () => {
    const { service, start } = await device();
    const inits: WriteInit[] = [];
    const queue = start({ fetch: (url, init) => (inits.push(init), service.fetch(url, init)) });
    await queue.patch(address, { theme: 'dark' });
    service.write({ theme: 'sepia' });
    await queue.flush({ headers: { Authorization: 'Bearer x' }, credentials: 'omit' });
    expect(
      inits.map(({ method, credentials, headers }) => [method, credentials, headers?.['Authorization']]),
    ).toEqual([
      ['PATCH', 'omit', 'Bearer x'],
      ['GET', 'omit', 'Bearer x'],
    ]);
  });
});

describe('no usable answer, or a temporary failure', () => {
  test.each<Fate>(['offline', 'lost', 'portal', 'busy'])(
    'when the result of a write is %s, all writes stay in the queue in order, with their keys',
    async (fate) => {
      const { queue, service, settled, clock } = await device();
      await queue.patch(address, { theme: 'dark' });
      await queue.send('POST', `${origin}/api/things/n1/read`);
      const waiting = (await queue.state()).pending.map(({ key }) => key);
      service.fates = [fate];
      expect((await queue.flush()).left).toBe(2);
      expect((await queue.state()).pending.map(({ key }) => key)).toEqual(waiting);
      expect(settled).toEqual([]);
      clock.time += 120_000;
      expect((await queue.flush()).left).toBe(0);
      expect(kinds(settled)).toEqual(['k1 applied', 'k2 applied']);
      const writes = service.received.filter(({ method }) => method !== 'GET');
      expect(new Set(writes.map(({ key }) => key))).toEqual(new Set(['"k1"', '"k2"']));
    },
  );

  test.each([
    ['120', 120_000],
    ['Sun, 22 Nov 2026 00:02:00 GMT', 120_000],
    ['9999999', 3_600_000],
    ['soon', 1_000],
    ['-5', 1_000],
  ])('after an answer with Retry-After %s, the queue waits for %i ms', async (field, waitMs) => {
    const { queue, service, clock } = await device();
    await queue.patch(address, { theme: 'dark' });
    service.fates = ['busy'];
    service.retryAfter = field;
    expect(await queue.flush()).toMatchObject({ left: 1, reason: 'unavailable', status: 503, waitMs });
    clock.time += waitMs - 1;
    expect(await queue.flush()).toMatchObject({ left: 1, status: 503, waitMs: 1 });
    expect(service.received).toEqual([]);
    clock.time += 1;
    expect(await queue.flush()).toEqual({ left: 0, waitMs: 0 });
  });

  test.each([401, 408, 425, 429, 500, 503])(
    'when the answer to a write is %i, the write stays in the queue',
    async (status) => {
      const { start, settled } = await device();
      const queue = start({ fetch: async () => problem(status) });
      await queue.send('POST', `${origin}/api/things/n1/read`);
      expect(await queue.flush()).toMatchObject({ left: 1, status, waitMs: 1_000 });
      expect(settled).toEqual([]);
    },
  );

  test.each([
    ['a 403 with an HTML page', new Response('<html>', { status: 403 })],
    ['a 404 in JSON from a gateway', Response.json({ message: 'no route' }, { status: 404 })],
    ['a 200 with a list', Response.json([])],
  ])(
    'when the answer to a write is %s, the answer counts as foreign and no write is dropped',
    async (_, response) => {
      const { start, settled } = await device();
      const queue = start({ fetch: async () => response });
      await queue.send('POST', `${origin}/api/things/n1/read`);
      expect((await queue.flush()).left).toBe(1);
      expect(settled).toEqual([]);
    },
  );
});

describe('a write that is finally refused', () => {
  test('a write that is finally refused is reported with its problem and dropped, and later patches continue from the state without it', async () => {
    const { queue, service, settled } = await device();
    await queue.patch(address, { ssn: '1', theme: 'dark' });
    await queue.send('POST', `${origin}/api/things/other/read`);
    await queue.patch(address, { language: 'de' });
    expect(await queue.flush()).toEqual({ left: 0, waitMs: 0 });
    expect(kinds(settled)).toEqual(['k1 rejected', 'k2 rejected', 'k3 applied']);
    expect(settled[0]).toMatchObject({ status: 422, problem: { type: '/problems/422' } });
    expect(service.state).toEqual({ theme: 'light', language: 'de' });
  });

  test('a write that is finally refused is no longer part of the preview, while later writes are', async () => {
    const { queue, service } = await device();
    await queue.patch(address, { ssn: '1', theme: 'dark' });
    await queue.patch(address, { language: 'de' });
    service.fates = ['ok', 'offline'];
    expect((await queue.flush()).left).toBe(1);
    expect(await queue.preview(address)).toEqual({ theme: 'light', language: 'de' });
  });
});

describe('412', () => {
  test('when a PATCH succeeded and its answer was lost, the 412 to its retry shows that it was applied, and later patches are sent', async () => {
    const { queue, service, settled, conflicts, clock } = await device();
    await queue.patch(address, { theme: 'dark' });
    await queue.patch(address, { language: null });
    service.fates = ['lost'];
    expect((await queue.flush()).left).toBe(2);
    clock.time += 1_000;
    expect((await queue.flush()).left).toBe(0);
    expect(service.received.map(({ method, status }) => [method, status])).toEqual([
      ['PATCH', 200],
      ['GET', 404],
      ['PATCH', 412],
      ['GET', 200],
      ['PATCH', 200],
    ]);
    expect([kinds(settled), conflicts]).toEqual([['k1 applied', 'k2 applied'], []]);
    expect(service.state).toEqual({ theme: 'dark' });
  });

  test('when the answer to a PATCH was lost and another client changed another member, the patch counts as applied, and a conflicting later patch is passed to `resolve`', async () => {
    const { queue, service, settled, conflicts, clock } = await device(({ write }) => write.body);
    await queue.patch(address, { theme: 'dark' });
    await queue.patch(address, { language: 'de' });
    service.fates = ['lost'];
    await queue.flush();
    clock.time += 1_000;
    service.write({ language: 'fr' });
    await queue.flush();
    expect(conflicts).toMatchObject([{ write: { key: 'k2' }, clashes: ['language'] }]);
    expect(kinds(settled)).toEqual(['k1 applied', 'k3 applied']);
    expect(service.state).toEqual({ theme: 'dark', language: 'de' });
  });

  test('when another client made the same change, the write is reported as applied, without a conflict', async () => {
    const { queue, service, settled } = await device();
    await queue.patch(address, { theme: 'dark' });
    service.write({ theme: 'dark', language: 'fr' });
    await queue.flush();
    expect(settled).toEqual([expect.objectContaining({ kind: 'applied', view: service.state })]);
    expect(service.done).toEqual([]);
  });

  test('a null in a list of the patch, which the service does not store, is not a conflict', async () => {
    const { queue, service, settled } = await device();
    await queue.patch(address, { list: [{ a: null }] });
    service.write({ list: [{}] });
    await queue.flush();
    expect(kinds(settled)).toEqual(['k1 applied']);
  });

  test('`resolve` receives the current state and the clashing members, and when it returns undefined, nothing is written', async () => {
    const { queue, service, conflicts, settled, client } = await device();
    await queue.patch(address, { theme: 'dark', language: 'de', new: 1 });
    service.write({ theme: 'sepia' });
    expect(await queue.flush()).toEqual({ left: 0, waitMs: 0 });
    const mine = { theme: 'dark', language: 'de', new: 1 };
    expect(conflicts).toMatchObject([
      {
        write: { key: 'k1', body: mine },
        mine,
        current: { theme: 'sepia', language: 'en' },
        clashes: ['theme'],
      },
    ]);
    expect([settled, service.done]).toEqual([[], []]);
    expect(await client.last(address)).toEqual(service.state);
  });

  test('when `resolve` returns a patch, this patch of the current state is sent with a new key', async () => {
    const { queue, service, settled } = await device(({ write, clashes }) =>
      Object.fromEntries(Object.entries(write.body).filter(([name]) => !clashes.includes(name))),
    );
    await queue.patch(address, { theme: 'dark', language: 'de' });
    service.write({ theme: 'sepia' });
    await queue.flush();
    expect(service.received.map(({ key }) => key)).toEqual(['"k1"', null, '"k2"']);
    expect(kinds(settled)).toEqual(['k2 applied']);
    expect(service.state).toEqual({ theme: 'sepia', language: 'de' });
  });

  test('the decision of `resolve` about one patch does not apply to the next patch, which is passed to `resolve` with its own base', async () => {
    const { queue, service, conflicts } = await device(({ write }) => write.body);
    await queue.patch(address, { theme: 'dark' });
    await queue.patch(address, { language: 'de' });
    service.write({ theme: 'sepia', language: 'fr' });
    await queue.flush();
    expect(conflicts.map(({ clashes }) => clashes)).toEqual([['theme'], ['language']]);
    expect(service.state).toEqual({ theme: 'dark', language: 'de' });
  });

  test('when the state matches If-Match again and the server replays its 412, the patch is passed to `resolve` and sent with another key', async () => {
    const { service, start, settled, conflicts, clock } = await device(({ write }) => write.body);
    const refused = new Set<string | undefined>();
    const queue = start({
      async fetch(url, init) {
        const key = init.headers?.['Idempotency-Key'];
        if (refused.has(key)) return problem(412);
        return service.fetch(url, init).finally(() => {
          if (service.received.at(-1)?.status === 412) refused.add(key);
        });
      },
    });
    await queue.patch(address, { theme: 'dark' });
    service.write({ language: 'fr' });
    service.fates = ['lost'];
    await queue.flush();
    service.write({ language: 'en' });
    clock.time += 3_600_000;
    expect(await queue.flush()).toMatchObject({ left: 1, status: 412, waitMs: 1_000 });
    clock.time += 1_000;
    expect((await queue.flush()).left).toBe(0);
    expect(conflicts).toMatchObject([{ write: { key: 'k1' }, clashes: [] }]);
    expect(kinds(settled)).toEqual(['k2 applied']);
    expect(service.state).toEqual({ theme: 'dark', language: 'en' });
  });

  test('when the current state after a 412 cannot be read, or is degraded, the write stays in the queue', async () => {
    const { service, start, conflicts } = await device();
    for (const answer of [new Response('', { status: 502 }), Response.json({ theme: 'fallback' })]) {
      const queue = start({ fetch: async (_, { method }) => (method === 'PATCH' ? problem(412) : answer) });
      await queue.patch(address, { theme: 'dark' });
      service.write({ theme: 'sepia' });
      expect((await queue.flush()).left).toBeGreaterThan(0);
    }
    expect(conflicts).toEqual([]);
  });
});

describe('one flush at a time', () => {
  test('two concurrent flushes share one run, which also sends a write that is added meanwhile', async () => {
    const { queue, service } = await device();
    await queue.send('POST', `${origin}/api/things/n1/read`);
    const [first, second] = [queue.flush(), queue.flush()];
    await queue.send('POST', `${origin}/api/things/n2/read`);
    expect(await first).toBe(await second);
    expect(service.received.map(({ path }) => path)).toEqual(['/api/things/n1/read', '/api/things/n2/read']);
  });

  test('writes that are added concurrently are all stored, in order', async () => {
    const { queue } = await device();
    await Promise.all([1, 2, 3].map((n) => queue.send('POST', `${origin}/api/things/n${n}/read`)));
    expect((await queue.state()).pending.map(({ url }) => url.at(-6))).toEqual(['1', '2', '3']);
  });

  test('adding a write does not wait for the network', async () => {
    const { start } = await device();
    const queue = start({ fetch: () => new Promise(() => undefined) });
    await queue.send('POST', `${origin}/api/things/n1/read`);
    const { signal, abort } = abortable();
    const flushing = queue.flush({ signal });
    await queue.patch(address, { theme: 'dark' });
    expect((await queue.state()).pending).toHaveLength(2);
    abort();
    await expect(flushing).rejects.toThrow('aborted');
  });

  test('an aborted flush sends nothing more, and the next flush sends the write without a wait', async () => {
    const { start, storage, service } = await device();
    const { signal, abort } = abortable();
    const queue = start();
    await queue.send('POST', `${origin}/api/things/n1/read`);
    const set = storage.set.bind(storage);
    storage.set = async (key, text) => (abort(), set(key, text));
    await expect(queue.flush({ signal })).rejects.toThrow('aborted');
    storage.set = set;
    await new Promise(setImmediate);
    expect(service.received).toEqual([]);
    expect((await queue.flush()).left).toBe(0);
  });

  test('when the `settled` callback throws, the next flush calls it again for the same write', async () => {
    const { start, service, clock } = await device();
    const reports: SettledWrite[] = [];
    const queue = start({
      settled: (write) => {
        reports.push(write);
        if (reports.length === 1) throw new Error('the app ends');
      },
    });
    await queue.patch(address, { theme: 'dark' });
    await expect(queue.flush()).rejects.toThrow('the app ends');
    clock.time += 1_000;
    expect((await queue.flush()).left).toBe(0);
    expect(kinds(reports)).toEqual(['k1 applied', 'k1 applied']);
    expect(service.done).toEqual(['"k1"']);
  });
});
