import { describe, expect, test } from '@jest/globals';
import { device, kinds } from './queue-device.ts';
import { address, origin, problem } from './settings-service.ts';

const read = (n: number): string => `${origin}/api/things/n${n}/read`;
const asked = (received: readonly { method: string; path: string; status: number }[]) =>
  received.map(({ method, path, status }) => `${method} ${path.slice('/api/'.length)} ${status}`);

describe('after a lost answer the receipt is read before the write is sent again', () => {
  test('when the receipt of a POST says applied, the POST is settled and not sent again', async () => {
    const { queue, service, settled, clock } = await device();
    service.receipts = true;
    await queue.send('POST', read(1));
    service.fates = ['lost'];
    await queue.flush();
    clock.time += 1_000;
    expect(await queue.flush()).toEqual({ left: 0, waitMs: 0 });
    expect(asked(service.received)).toEqual(['POST things/n1/read 200', 'GET writes/k1 200']);
    expect(kinds(settled)).toEqual(['k1 applied']);
  });

  test('when the receipt says applied and no other client wrote, later patches continue from the state after the write', async () => {
    const { queue, service, settled, clock, conflicts } = await device();
    service.receipts = true;
    await queue.patch(address, { theme: 'dark' });
    await queue.patch(address, { language: 'de' });
    service.fates = ['lost'];
    await queue.flush();
    clock.time += 1_000;
    await queue.flush();
    expect(asked(service.received)).toEqual([
      'PATCH settings 200',
      'GET writes/k1 200',
      'GET settings 200',
      'PATCH settings 200',
    ]);
    expect([kinds(settled), conflicts]).toEqual([['k1 applied', 'k2 applied'], []]);
  });

  test('when the receipt says applied and another client has overwritten the write since, the write is reported as applied, without a conflict', async () => {
    const { queue, service, settled, clock, conflicts, client } = await device();
    service.receipts = true;
    await queue.patch(address, { theme: 'dark' });
    service.fates = ['lost'];
    await queue.flush();
    service.write({ theme: 'sepia' });
    clock.time += 1_000;
    await queue.flush();
    expect([kinds(settled), conflicts]).toEqual([['k1 applied'], []]);
    expect(service.done).toEqual(['"k1"']);
    expect(await client.last(address)).toEqual({ theme: 'sepia', language: 'en' });
  });

  test('without receipts, an overwritten write is reported as a conflict', async () => {
    const { queue, service, clock, conflicts } = await device();
    await queue.patch(address, { theme: 'dark' });
    service.fates = ['lost'];
    await queue.flush();
    service.write({ theme: 'sepia' });
    clock.time += 1_000;
    await queue.flush();
    expect(conflicts).toMatchObject([{ mine: { theme: 'dark' }, current: { theme: 'sepia' } }]);
  });

  test('when the receipt says refused, the write is reported with its problem and not sent again', async () => {
    const { queue, service, settled, clock } = await device();
    service.receipts = true;
    await queue.patch(address, { ssn: '1' });
    service.fates = ['lost'];
    await queue.flush();
    clock.time += 1_000;
    await queue.flush();
    expect(settled).toMatchObject([{ kind: 'rejected', status: 422, problem: { type: '/problems/422' } }]);
    expect(asked(service.received)).toEqual(['PATCH settings 422', 'GET writes/k1 200']);
  });

  test('when the receipt says refused with 412, the conflict is passed to the app with both versions', async () => {
    const { queue, service, conflicts, clock } = await device();
    service.receipts = true;
    await queue.patch(address, { theme: 'dark' });
    service.write({ theme: 'sepia' });
    service.fates = ['lost'];
    await queue.flush();
    clock.time += 1_000;
    await queue.flush();
    expect(conflicts).toMatchObject([
      { mine: { theme: 'dark' }, current: { theme: 'sepia' }, clashes: ['theme'] },
    ]);
  });

  test('when the server does not know the receipt of a write, the write is sent again with its key', async () => {
    const { queue, service, settled, clock } = await device();
    service.receipts = true;
    await queue.send('POST', read(1));
    service.fates = ['offline'];
    await queue.flush();
    clock.time += 1_000;
    await queue.flush();
    expect(asked(service.received)).toEqual(['GET writes/k1 404', 'POST things/n1/read 200']);
    expect(service.received[1]).toMatchObject({ key: '"k1"' });
    expect(kinds(settled)).toEqual(['k1 applied']);
  });

  test('when the receipt says in-flight, the queue waits for Retry-After and reads the receipt again', async () => {
    const { start, clock, settled } = await device();
    const states = [{ state: 'in-flight' }, { state: 'applied', status: 200 }];
    let posts = 0;
    const queue = start({
      async fetch(_, { method }) {
        if (method === 'GET') return Response.json(states.shift(), { headers: { 'Retry-After': '5' } });
        posts++;
        throw new TypeError('socket hang up');
      },
    });
    await queue.send('POST', read(1));
    await queue.flush();
    clock.time += 1_000;
    expect(await queue.flush()).toMatchObject({ left: 1, waitMs: 5_000 });
    clock.time += 5_000;
    await queue.flush();
    expect([posts, kinds(settled)]).toEqual([1, ['k1 applied']]);
  });

  test.each([
    ['an HTML page', () => new Response('<html>'), 'foreign'],
    ['JSON that is not a receipt', () => Response.json({ state: 'fine' }), 'foreign'],
    ['an HTML page with status 404', () => new Response('<html>', { status: 404 }), 'foreign'],
    ['503', () => problem(503), 'unavailable'],
    ['401', () => problem(401), 'refused'],
  ])(
    'when reading the receipt of a write gives %s, the result stays unknown and the write is not sent again',
    async (_, receipt, reason) => {
      const { start, clock } = await device();
      let posts = 0;
      const queue = start({
        async fetch(__, { method }) {
          if (method === 'GET') return receipt();
          posts++;
          throw new TypeError('socket hang up');
        },
      });
      await queue.send('POST', read(1));
      await queue.flush();
      clock.time += 1_000;
      expect(await queue.flush()).toMatchObject({ left: 1, reason });
      expect(posts).toBe(1);
    },
  );

  test('a device that stopped after sending a write reads its receipt after the restart, and reads no receipt for a write that was never sent', async () => {
    const { queue, service, start, storage, clock } = await device();
    service.receipts = true;
    await queue.send('POST', read(1));
    // The device stops when the answer arrives: nothing is stored afterwards.
    const before = storage.set.bind(storage);
    const dying = start({
      async fetch(url, init) {
        const answer = await service.fetch(url, init);
        storage.broken = 'set';
        return answer;
      },
    });
    await expect(dying.flush()).rejects.toThrow('quota');
    storage.broken = undefined;
    storage.set = before;
    clock.time += 1_000;
    await start().flush();
    expect(asked(service.received)).toEqual(['POST things/n1/read 200', 'GET writes/k1 200']);
  });
});

test('the receipt of a write is read from the default URL, from a custom URL, or not at all, as configured', async () => {
  const { start, service, clock } = await device();
  const urls: string[] = [];
  const lost = async (receiptUrl?: false | ((write: { key: string }) => string)) => {
    const queue = start({
      ...(receiptUrl !== undefined && { receiptUrl }),
      fetch: async (url, init) => {
        urls.push(`${init.method} ${url}`);
        return init.method === 'GET' ? problem(404) : service.fetch(url, init);
      },
    });
    await queue.send('POST', read(1));
    service.fates = ['lost'];
    await queue.flush();
    clock.time += 1_000;
    await queue.flush();
  };
  await lost();
  await lost(({ key }) => `${origin}/v2/writes/${key}`);
  await lost(false);
  expect(urls.filter((url) => url.startsWith('GET'))).toEqual([
    `GET ${origin}/api/writes/k1`,
    `GET ${origin}/v2/writes/k2`,
  ]);
});
