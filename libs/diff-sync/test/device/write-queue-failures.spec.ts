import { describe, expect, test } from '@jest/globals';
import { WriteQueueFull, type QueueState, type SyncClient, type WriteQueue } from '../../src/index.ts';
import { device, kinds } from './queue-device.ts';
import { address, origin, problem } from './settings-service.ts';

const read = (n: number): string => `${origin}/api/things/n${n}/read`;
const year = 365 * 86_400_000;
const hour = 3_600_000;

describe('waits between attempts', () => {
  test('the waits between attempts to send a write grow to 15 minutes, or to one minute when offline, and vary by jitter', async () => {
    const { start, clock } = await device();
    let answer: () => Response = () => problem(503);
    let random = 1;
    const queue = start({ fetch: async () => answer(), random: () => random });
    await queue.send('POST', read(1));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++) {
      const { waitMs } = await queue.flush();
      waits.push(waitMs);
      clock.time += waitMs;
    }
    expect(waits.map((ms) => ms / 1_000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    random = 0;
    expect((await queue.flush()).waitMs).toBe(450_000);
    clock.time += 450_000;
    answer = () => {
      throw new TypeError('fetch failed');
    };
    expect((await queue.flush()).waitMs).toBe(30_000);
  });

  test.each([
    ['an answer of 401', () => problem(401)],
    ['an answer of 503', () => problem(503)],
    [
      'being offline',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
    ['a foreign page', () => new Response('<html>')],
    ['a 409 for a write in flight', () => problem(409, { 'Retry-After': '1' })],
  ] as const)(
    '%s causes no hot loop: 1,000 flushes in an hour send less than 70 requests, and the write is never given up',
    async (_, answer) => {
      const { start, clock, settled } = await device();
      let requests = 0;
      const queue = start({ fetch: async () => (requests++, answer()) });
      await queue.send('POST', read(1));
      for (let flush = 0; flush < 1_000; flush++, clock.time += hour / 1_000)
        expect((await queue.flush()).left).toBe(1);
      expect(requests).toBeLessThan(70);
      expect(settled).toEqual([]);
      expect((await queue.state()).pending[0]).toMatchObject({ key: 'k1', failed: false, failures: 0 });
    },
  );

  test('the waits between attempts survive a restart, with the number of attempts and the last error', async () => {
    const { queue, start, service, clock } = await device();
    await queue.send('POST', read(1));
    service.fates = ['busy'];
    await queue.flush();
    const later = start();
    const error = { reason: 'unavailable', status: 503, retryAfterMs: 120_000 };
    expect((await later.state()).pending).toMatchObject([
      { attempts: 1, error, triedAt: clock.time, waitMs: 120_000 },
    ]);
    expect((await later.state()).nextAttemptAt).toBe(clock.time + 120_000);
    clock.time += 119_999;
    expect(await later.flush()).toMatchObject({ left: 1, waitMs: 1 });
    expect(service.received).toEqual([]);
  });

  test.each([
    ['back', -year],
    ['forward', year],
  ])(
    'a clock that is set %s a year costs at most one early attempt, and the write is sent',
    async (_, jump) => {
      const { start, clock } = await device();
      let requests = 0;
      let isUp = false;
      const queue = start({
        fetch: async () => (requests++, isUp ? Response.json({ _meta: {} }) : problem(503)),
        receiptUrl: false,
      });
      await queue.send('POST', read(1));
      for (let attempt = 0; attempt < 8; attempt++) clock.time += (await queue.flush()).waitMs;
      await queue.flush();
      clock.time += jump;
      requests = 0;
      for (let flush = 0; flush < 100; flush++) await queue.flush();
      expect(requests).toBeLessThanOrEqual(1);
      isUp = true;
      clock.time += 900_000;
      expect((await queue.flush()).left).toBe(0);
    },
  );

  test('retry ends the wait before the next attempt, for instance because the network is back or the user has logged in', async () => {
    const { queue, service } = await device();
    await queue.send('POST', read(1));
    service.fates = ['busy'];
    await queue.flush();
    expect((await queue.flush()).left).toBe(1);
    await queue.retry();
    expect((await queue.flush()).left).toBe(0);
  });
});

describe('a write that fails in the server', () => {
  const poison = async (maxFailures?: number) => {
    const world = await device();
    const bad = read(13);
    const queue = world.start({
      maxFailures,
      receiptUrl: false,
      fetch: async (url, init) => (url === bad ? problem(500) : world.service.fetch(url, init)),
    });
    const flushAll = async () => {
      for (let left = 1; left > 0;) {
        const flushed = await queue.flush();
        left = flushed.left;
        world.clock.time += flushed.waitMs;
      }
    };
    return { ...world, bad, queue, flushAll };
  };

  test('a write that fails in the server is set aside after 8 attempts and reported, and later writes are sent', async () => {
    const { queue, bad, settled, flushAll, service } = await poison();
    await queue.send('POST', bad);
    await queue.send('POST', read(1));
    await flushAll();
    expect(kinds(settled)).toEqual(['k1 failed', 'k2 applied']);
    expect(service.received.map(({ path }) => path)).toEqual(['/api/things/n1/read']);
    const state = await queue.state();
    expect(state).toMatchObject({
      pending: [],
      failed: [{ key: 'k1', attempts: 8, failures: 8, error: { status: 500 } }],
    });
  });

  test('a write that was set aside is sent again with its key by retry, and removed by cancel', async () => {
    const { queue, start, bad, settled, flushAll } = await poison(2);
    await queue.send('POST', bad);
    await queue.send('POST', bad);
    await flushAll();
    const working = start();
    await working.retry('k2');
    expect(await working.state()).toMatchObject({
      pending: [{ key: 'k2', failures: 0 }],
      failed: [{ key: 'k1' }],
    });
    await working.flush();
    expect(await working.cancel('k1')).toBe(true);
    expect(await working.cancel('k1')).toBe(false);
    expect(kinds(settled)).toEqual(['k1 failed', 'k2 failed', 'k2 applied']);
    expect(await working.state()).toMatchObject({ pending: [], failed: [] });
  });

  test('a write that was set aside is excluded from the bases of later patches, and included again by retry', async () => {
    const { start, clock, service, client } = await device(({ write }) => write.body);
    let isBroken = true;
    const queue = start({
      maxFailures: 1,
      fetch: async (url, init) =>
        isBroken && init.body?.includes('sepia') ? problem(500) : service.fetch(url, init),
    });
    await queue.patch(address, { theme: 'sepia' });
    await queue.patch(address, { language: 'de' });
    expect(await queue.preview(address)).toEqual({ theme: 'sepia', language: 'de' });
    service.fates = ['offline'];
    await queue.flush();
    expect(await queue.preview(address)).toEqual({ theme: 'light', language: 'de' });
    await queue.retry('k1');
    expect(await queue.preview(address)).toEqual({ theme: 'sepia', language: 'de' });
    isBroken = false;
    clock.time += hour;
    expect((await queue.flush()).left).toBe(0);
    expect(service.state).toEqual({ theme: 'sepia', language: 'de' });
    expect(await client.last(address)).toEqual(service.state);
  });

  test('a write is never set aside for 503 and 504, which concern the service and not the write', async () => {
    const { start, clock, settled } = await device();
    const queue = start({ fetch: async () => problem(504), maxFailures: 2 });
    await queue.send('POST', read(1));
    for (let day = 0; day < 50; day++, clock.time += 24 * hour) expect((await queue.flush()).left).toBe(1);
    expect(settled).toEqual([]);
  });
});

describe('cancel', () => {
  test('cancel removes a patch from the bases of later patches', async () => {
    const { queue, service, settled } = await device();
    for (const member of ['a', 'b', 'c']) await queue.patch(address, { [member]: 1 });
    await queue.cancel('k2');
    expect(await queue.preview(address)).toEqual({ theme: 'light', language: 'en', a: 1, c: 1 });
    await queue.flush();
    expect(service.state).toEqual({ theme: 'light', language: 'en', a: 1, c: 1 });
    expect(kinds(settled)).toEqual(['k1 applied', 'k3 applied']);
  });

  test('cancelling a write in flight removes the write without a report, and its answer does not restore it', async () => {
    const { start, service, settled } = await device();
    const queue = start({
      fetch: async (url, init) => {
        await queue.cancel('k1');
        return service.fetch(url, init);
      },
    });
    await queue.patch(address, { theme: 'dark' });
    await queue.patch(address, { language: 'de' });
    expect((await queue.flush()).left).toBe(0);
    expect(kinds(settled)).toEqual(['k2 applied']);
    expect(service.state).toEqual({ theme: 'dark', language: 'de' });
  });
});

describe('a write that has left the queue when its answer arrives', () => {
  test.each([
    ['cancelled', async ({ queue }) => void (await queue.cancel('k1'))],
    ['forgotten', async ({ client }) => client.forget()],
  ] as readonly (readonly [string, (on: { queue: WriteQueue; client: SyncClient }) => Promise<void>])[])(
    'a write that has left the queue when its answer arrives is not sent again (%s)',
    async (_, remove) => {
      const { start, queue, client, storage } = await device();
      const sending = start({ fetch: async () => (await remove({ queue, client }), problem(503)) });
      await queue.send('POST', read(1));
      expect(await sending.flush()).toMatchObject({ left: 0 });
      expect((await queue.state()).pending).toEqual([]);
      expect(storage.texts.get('writes') ?? '').not.toContain('k1');
    },
  );
});

describe('repeated edits of one URL', () => {
  test('1,000 toggles made offline are sent as one PATCH, and each superseded write is reported', async () => {
    const { queue, service, settled } = await device();
    for (let n = 1; n <= 1_000; n++) await queue.patch(address, { theme: n % 2 === 0 ? 'dark' : 'light' });
    expect(await queue.preview(address)).toMatchObject({ theme: 'dark' });
    await queue.flush();
    expect(service.received).toMatchObject([{ method: 'PATCH', key: '"k1000"', status: 200 }]);
    expect(settled).toHaveLength(1_000);
    expect(settled[0]).toMatchObject({ kind: 'superseded', write: { key: 'k1' }, by: 'k2' });
  });

  test('alternating toggles of two members are sent as two PATCHes', async () => {
    const { queue, service } = await device();
    for (let n = 1; n <= 100; n++)
      await queue.patch(address, n % 2 === 0 ? { theme: `t${n}` } : { language: `l${n}` });
    await queue.flush();
    expect(service.received.map(({ key }) => key)).toEqual(['"k99"', '"k100"']);
    expect(service.state).toEqual({ theme: 't100', language: 'l99' });
  });

  test('an edit that a later edit overwrites only in part stays a separate write, because it may be refused separately', async () => {
    const { queue } = await device();
    await queue.patch(address, { theme: 'dark', language: 'de' });
    await queue.patch(address, { theme: 'light' });
    await queue.patch(address, { options: { a: 1, b: 1 } });
    await queue.patch(address, { options: { a: 2 } });
    expect((await queue.state()).pending).toHaveLength(4);
    await queue.patch(address, { options: { a: 3, b: 3 }, theme: 'sepia' });
    expect((await queue.state()).pending.map(({ key }) => key)).toEqual(['k1', 'k5']);
    expect(await queue.preview(address)).toEqual({ theme: 'sepia', language: 'de', options: { a: 3, b: 3 } });
  });

  test('a later edit never changes a write that may have been sent', async () => {
    const { queue, service, clock } = await device();
    await queue.patch(address, { theme: 'dark' });
    service.fates = ['lost'];
    await queue.flush();
    await queue.patch(address, { theme: 'light' });
    await queue.patch(address, { theme: 'sepia' });
    expect((await queue.state()).pending.map(({ key }) => key)).toEqual(['k1', 'k3']);
    clock.time += hour;
    await queue.flush();
    expect(service.state).toEqual({ theme: 'sepia', language: 'en' });
    expect(service.done).toEqual(['"k1"', '"k3"']);
  });

  test('a POST between two edits keeps its position, PUTs of one URL become one, and edits of other URLs are independent', async () => {
    const { queue } = await device();
    await queue.patch(address, { theme: 'dark' });
    await queue.send('POST', read(1));
    await queue.patch(address, { theme: 'light' });
    await queue.send('PUT', read(2), { a: 1 });
    await queue.send('PUT', read(3), { a: 1 });
    await queue.send('PUT', read(2), { b: 1 });
    await queue.send('DELETE', read(2));
    await queue.send('PUT', read(2), { c: 1 });
    expect((await queue.state()).pending.map(({ key, method }) => `${key} ${method}`)).toEqual([
      'k1 PATCH',
      'k2 POST',
      'k3 PATCH',
      'k5 PUT',
      'k6 PUT',
      'k7 DELETE',
      'k8 PUT',
    ]);
  });
});

describe('bounds', () => {
  test('a write beyond the maximum number or bytes of the queue rejects with an error that names the limit, and the stored writes are kept', async () => {
    const { start } = await device();
    const few = start({ maxWrites: 2 });
    await few.send('POST', read(1));
    await few.patch(address, { theme: 'dark' });
    await expect(few.send('POST', read(2))).rejects.toThrow(
      new WriteQueueFull('2 writes are pending, and at most 2 are kept'),
    );
    expect(await few.patch(address, { theme: 'light' })).toBe('k4');
    const small = start({ maxBytes: 700 });
    await expect(small.patch(address, { note: 'é'.repeat(400) })).rejects.toThrow(
      /would take 1[\d]{3} bytes, and at most 700 are kept/,
    );
    expect((await small.state()).pending.map(({ key }) => key)).toEqual(['k1', 'k4']);
  });
});

describe('answers', () => {
  test('an answer of 204 settles a write: after a PATCH the resulting state is read, and other methods have no view', async () => {
    const { start, service, settled, client } = await device();
    const queue = start({
      async fetch(url, init) {
        const answer = await service.fetch(url, init);
        return init.method === 'GET' ? answer : new Response(null, { status: 204 });
      },
    });
    await queue.patch(address, { theme: 'dark' });
    await queue.send('POST', read(1));
    expect((await queue.flush()).left).toBe(0);
    expect(settled).toEqual([
      expect.objectContaining({ kind: 'applied', view: service.state }),
      expect.not.objectContaining({ view: expect.anything() }),
    ]);
    expect(await client.last(address)).toEqual(service.state);
  });

  test.each([
    ['an HTML page', () => new Response('<html>', { headers: { ETag: '"tttttttttttttttttttttttt"' } })],
    [
      'JSON without _meta',
      () => Response.json({ ok: true }, { headers: { ETag: '"tttttttttttttttttttttttt"' } }),
    ],
    ['an answer without an ETag', () => Response.json({ theme: 'dark', _meta: { complete: true } })],
    [
      'an ETag that is not a sync token',
      () => Response.json({ theme: 'dark', _meta: { complete: true } }, { headers: { ETag: '"33a64df5"' } }),
    ],
    [
      'another content type',
      () =>
        new Response('{"_meta":{}}', {
          headers: { 'Content-Type': 'text/plain', ETag: '"tttttttttttttttttttttttt"' },
        }),
    ],
  ])('a foreign 200 never settles a write: %s', async (_, answer) => {
    const { start, settled, client } = await device();
    const before = await client.last(address);
    const queue = start({ fetch: async () => answer() });
    await queue.patch(address, { theme: 'dark' });
    expect(await queue.flush()).toMatchObject({ left: 1, reason: 'foreign', status: 200 });
    expect([settled, await client.last(address)]).toEqual([[], before]);
  });

  test('after a 409 with Retry-After the write is sent again with its key, and a 409 without Retry-After is final', async () => {
    const { start, clock, settled } = await device();
    const keys: (string | undefined)[] = [];
    const answers = [problem(409, { 'Retry-After': '1' }), Response.json({ _meta: {} }), problem(409)];
    const queue = start({
      receiptUrl: false,
      fetch: async (_, { headers }) => (keys.push(headers?.['Idempotency-Key']), answers.shift()!),
    });
    await queue.send('POST', read(1));
    await queue.send('POST', read(2));
    expect(await queue.flush()).toMatchObject({ left: 2, status: 409, waitMs: 1_000 });
    clock.time += 1_000;
    expect((await queue.flush()).left).toBe(0);
    expect(keys).toEqual(['"k1"', '"k1"', '"k2"']);
    expect(kinds(settled)).toEqual(['k1 applied', 'k2 rejected']);
  });

  test('the queue sends a write with its method, body and content type', async () => {
    const { start } = await device();
    const sent: unknown[] = [];
    const queue = start({
      fetch: async (_, { method, headers, body }) => (
        sent.push([method, headers?.['Content-Type'], body]),
        Response.json({ _meta: {} })
      ),
    });
    await queue.send('POST', read(1), { a: 1 });
    await queue.send('PUT', read(1), { b: 1 });
    await queue.send('DELETE', read(1));
    await queue.flush();
    expect(sent).toEqual([
      ['POST', 'application/json', '{"a":1}'],
      ['PUT', 'application/json', '{"b":1}'],
      ['DELETE', undefined, undefined],
    ]);
  });
});

describe('state', () => {
  test('the state of the queue is reported at each change, with the time of the last settled write', async () => {
    const { start, service, clock } = await device();
    const states: QueueState[] = [];
    const queue = start({ onChange: (state) => states.push(state) });
    await queue.send('POST', read(1));
    service.fates = ['busy'];
    await queue.flush();
    clock.time += 120_000;
    await queue.flush();
    await new Promise(setImmediate);
    const told = states.map(({ pending, sending, nextAttemptAt, lastSyncAt }) => [
      pending.length,
      sending,
      nextAttemptAt,
      lastSyncAt,
    ]);
    const [begin, next] = [Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 22, 0, 2)];
    expect(told[0]).toEqual([1, false, undefined, undefined]);
    expect(told).toContainEqual([1, true, next, undefined]);
    expect(told).toContainEqual([1, false, next, undefined]);
    expect(told.at(-1)).toEqual([0, false, undefined, next]);
    expect(clock.time - begin).toBe(120_000);
  });

  test('the `settled` callback may change the queue', async () => {
    const { start } = await device();
    const queue = start({
      settled: async ({ kind }) => {
        if (kind === 'applied') await queue.cancel('none');
      },
    });
    await queue.send('POST', read(1));
    expect((await queue.flush()).left).toBe(0);
  });
});

describe('damaged storage', () => {
  test('from a damaged storage, the queue keeps every intact write in order, and counts the others', async () => {
    const { queue, start, storage, service, settled } = await device();
    for (const n of [1, 2, 3]) await queue.send('POST', read(n));
    const lines = storage.texts.get('writes')!.split('\n');
    storage.texts.set(
      'writes',
      [
        '{"lastSyncAt":"x"}',
        lines[1],
        lines[2]!.slice(0, -3),
        '7',
        '{"method":"PATCH","key":"k9","url":"/a"}',
        lines[3],
      ].join('\n'),
    );
    const healed = start();
    expect((await healed.flush()).left).toBe(0);
    expect(kinds(settled)).toEqual(['k1 applied', 'k3 applied']);
    expect(service.received.map(({ path }) => path)).toEqual(['/api/things/n1/read', '/api/things/n3/read']);
    expect((await healed.state()).damaged).toBe(3);
  });

  test('when the stored queue is truncated at any byte, all complete writes are kept', async () => {
    const { queue, start, storage } = await device();
    for (const n of [1, 2]) await queue.send('POST', read(n));
    const text = storage.texts.get('writes')!;
    const first = text.indexOf('\n', text.indexOf('\n') + 1);
    for (let length = 0; length <= text.length; length++) {
      storage.texts.set('writes', text.slice(0, length));
      const { pending } = await start().state();
      expect(pending.length).toBe(length === text.length ? 2 : length >= first ? 1 : 0);
    }
  });

  test('a stored write with counters of wrong types is still sent', async () => {
    const { queue, start, storage, service } = await device();
    await queue.send('POST', read(1));
    const [rest, line] = storage.texts.get('writes')!.split('\n');
    const damage = { attempts: 'x', failures: null, triedAt: [], waitMs: {}, failed: 'no', error: 7 };
    storage.texts.set(
      'writes',
      `${rest}\n${JSON.stringify({ ...(JSON.parse(line!) as object), ...damage })}`,
    );
    expect((await start().flush()).left).toBe(0);
    expect(service.received.at(-1)).toMatchObject({ method: 'POST', key: '"k1"' });
  });

  test('writes that an earlier version stored as one array are sent', async () => {
    const { start, storage, service } = await device();
    storage.texts.set('writes', JSON.stringify([{ method: 'POST', key: 'old', url: read(1) }]));
    expect((await start().flush()).left).toBe(0);
    expect(service.received.at(-1)).toMatchObject({ key: '"old"' });
  });
});

describe('logout', () => {
  test('forget removes the writes of the queue: the answer to a write in flight is neither stored nor reported, and no other write is sent', async () => {
    const { start, service, settled, client, storage } = await device();
    let answer: () => void = () => undefined;
    const queue = start({
      async fetch(url, init) {
        await new Promise<void>((resolve) => (answer = resolve));
        return service.fetch(url, init);
      },
    });
    await queue.patch(address, { theme: 'dark' });
    await queue.send('POST', read(1));
    const flushing = queue.flush();
    await new Promise(setImmediate);
    await client.forget();
    await queue.send('POST', read(2));
    const stored = storage.texts.get('writes');
    answer();
    expect(await flushing).toMatchObject({ reason: 'forgotten' });
    expect(settled).toEqual([]);
    expect(service.received.map(({ method }) => method)).toEqual(['PATCH']);
    expect([...storage.texts.keys()].sort()).toEqual(['sync', 'writes']);
    expect((await queue.state()).pending.map(({ key }) => key)).toEqual(['k3']);
    expect(stored).toContain('k3');
  });
});

describe('an operation that hangs', () => {
  test('a fetch of the write queue that hangs is abandoned after the time limit', async () => {
    const { start } = await device();
    const queue = start({ fetch: () => new Promise(() => undefined), timeoutMs: 40 });
    await queue.send('POST', read(1));
    expect(await queue.flush()).toMatchObject({ left: 1, reason: 'timeout', waitMs: 1_000 });
  });

  test('when the storage hangs, adding a write rejects, and the late write to the storage never replaces a later one', async () => {
    const { start, storage } = await device();
    const queue = start({ timeoutMs: 80 });
    const set = storage.set.bind(storage);
    let resume: () => void = () => undefined;
    storage.set = async (key, value) => {
      await new Promise<void>((resolve) => (resume = resolve));
      return set(key, value);
    };
    await expect(queue.send('POST', read(1))).rejects.toThrow('not done within 20 ms');
    storage.set = set;
    const second = queue.send('POST', read(2));
    await new Promise(setImmediate);
    resume();
    await second;
    expect((await queue.state()).pending.at(-1)).toMatchObject({ key: 'k2' });
  });
});
