import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue } from '../../src/index.ts';

describe('A9 fair queue', () => {
  test('A9 the fair queue serves tenants in turn, and the calls of each tenant first in, first out', () => {
    const queue = new FairQueue<string, string>({ maxLength: 100 });
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.push(item.charAt(0), item);
    expect(['a', 'b', 'd'].map((tenant) => queue.first(tenant))).toEqual(['a1', 'b1', undefined]);
    expect(Array.from({ length: 7 }, () => queue.shift())).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'c2',
      'a3',
      undefined,
    ]);
  });

  test('A9 when the fair queue is full, a new call evicts the last call of the tenant with the most calls', () => {
    const queue = new FairQueue<string, string>({ maxLength: 3 });
    for (const item of ['a1', 'a2', 'a3']) queue.push('a', item);
    expect(queue.push('a', 'a4')).toBe('a4');
    expect(queue.push('b', 'b1')).toBe('a3');
    expect(queue.push('b', 'b2')).toBe('b2');
    expect(queue.length).toBe(3);
  });

  test('A9 after any sequence of commands, the fair queue is within its maximum length and has evicted no call of a tenant below its share', () => {
    const command = fc.oneof(
      fc.record({ do: fc.constant('push' as const), tenant: fc.constantFrom('a', 'a', 'a', 'b', 'c') }),
      fc.record({ do: fc.constantFrom('shift' as const, 'remove' as const), tenant: fc.constant('a') }),
      fc.record({ do: fc.constant('charge' as const), tenant: fc.constantFrom('a', 'b', 'c') }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.array(command, { maxLength: 60 }), (max, commands) => {
        const groupOf = (key: string) => (key === 'c' ? 'b' : key);
        const queue = new FairQueue<string, { tenant: string }>({ maxLength: max, groupOf });
        const model: { tenant: string }[] = [];
        const drop = (item: { tenant: string } | undefined) =>
          item && model.includes(item) && model.splice(model.indexOf(item), 1);
        const share = () => max / new Set(model.map((each) => each.tenant)).size;
        for (const { do: what, tenant: name } of commands) {
          if (what === 'push') {
            const item = { tenant: name };
            model.push(item);
            const lost = queue.push(name, item);
            if (lost)
              expect(model.filter((each) => each.tenant === lost.tenant).length).toBeGreaterThan(share());
            drop(lost);
          } else if (what === 'shift') drop(queue.shift());
          else if (what === 'charge') queue.charge('a', name, 1.5);
          else {
            const item = model.find((each) => each.tenant === name);
            if (item) queue.remove(name, item);
            drop(item);
          }
          expect(queue.length).toBe(model.length);
          expect(queue.length).toBeLessThanOrEqual(max);
        }
        expect(new Set(model.map(() => queue.shift()))).toEqual(new Set(model));
      }),
    );
  });
});

test('A9 the fair queue serves a key whose items cost three times as much a third as often as another key', () => {
  const queue = new FairQueue<string, string>({ maxLength: 100, costOf: (key) => (key === 'a' ? 1.5 : 0.5) });
  for (let i = 0; i < 20; i++) for (const key of ['a', 'b']) queue.push(key, key);
  const served = Array.from({ length: 16 }, () => queue.shift());
  expect(served.filter((key) => key === 'a')).toHaveLength(4);
});

test('A9 a key that the fair queue skips because it may not be served keeps its position', () => {
  const queue = new FairQueue<string, string>({ maxLength: 100 });
  for (const item of ['a1', 'b1', 'b2']) queue.push(item.charAt(0), item);
  expect(queue.shift((key) => key !== 'a')).toBe('b1');
  expect([queue.shift(), queue.shift(), queue.shift()]).toEqual(['a1', 'b2', undefined]);
});

test('A9 the keys of a group together are served as often as one other key', () => {
  const queue = new FairQueue<string, string>({
    maxLength: 100,
    groupOf: (key) => (key.startsWith('?') ? '?' : key),
  });
  for (const item of ['?a1', '?a2', '?b1', '?c1']) queue.push(item.slice(0, 2), item);
  for (const item of ['t1', 't2', 't3']) queue.push('t', item);
  expect(Array.from({ length: 8 }, () => queue.shift())).toEqual([
    '?a1', 't1', '?b1', 't2', '?c1', 't3', '?a2', undefined,
  ]); // prettier-ignore
});

describe('A9 a key that is charged for the items of another key', () => {
  function charged(times: number, isFirst: boolean): string[] {
    const queue = new FairQueue<string, string>({ maxLength: 100 });
    const pushAll = (key: string) => {
      for (let at = 0; at < 40; at++) queue.push(key, key);
    };
    pushAll('?');
    if (isFirst) pushAll('t');
    for (let at = 0; at < times; at++) queue.charge('?', 't', 1);
    if (!isFirst) pushAll('t');
    return Array.from({ length: 40 }, () => queue.shift() ?? '');
  }

  test.each([true, false])(
    'A9 a key that is charged for three items is served three times less often, and the other key three times more (has items when charged: %p)',
    (isFirst) => {
      expect(charged(3, isFirst).slice(0, 12).join('')).toBe('???????t?t?t');
    },
  );

  test('A9 a key is charged for at most 16 items at a time', () => {
    expect(charged(30, true)).toEqual(charged(16, true));
    expect(charged(16, true)).not.toEqual(charged(15, true));
  });

  test('A9 a key gets the credit of at most 16 items at a time, whatever the number of charged keys', () => {
    const queue = new FairQueue<string, string>({ maxLength: 200 });
    for (let at = 0; at < 100; at++) queue.push('?', '?');
    queue.push('t', 't');
    for (let debtor = 0; debtor < 20; debtor++)
      for (let at = 0; at < 16; at++) queue.charge('?', `t${debtor}`, 1);
    expect(Array.from({ length: 100 }, () => queue.shift()).indexOf('t')).toBe(17);
  });

  test('A9 a key does not escape its debt by emptying its queue', () => {
    const queue = new FairQueue<string, string>({ maxLength: 100 });
    for (let at = 0; at < 40; at++) queue.push('?', '?');
    for (let at = 0; at < 16; at++) queue.charge('?', 't', 1);
    for (let at = 0; at < 17; at++) queue.shift();
    queue.push('t', 'gone');
    queue.shift();
    queue.remove('t', 'gone');
    for (let at = 0; at < 20; at++) queue.push('t', 't');
    const served = Array.from({ length: 20 }, () => queue.shift());
    expect(served.indexOf('t')).toBeGreaterThan(10);
  });

  test('A9 a key whose single items cost ten times as much is served a tenth as often, although its queue is empty after each', () => {
    const queue = new FairQueue<string, string>({
      maxLength: 300,
      costOf: (key) => (key === 'expensive' ? 10 : 1),
    });
    for (let at = 0; at < 220; at++) queue.push('cheap', 'cheap');
    let served = 0;
    for (let at = 0; at < 110; at++) {
      if (!queue.has('expensive')) queue.push('expensive', 'expensive');
      if (queue.shift() === 'expensive') served++;
    }
    expect(served).toBe(10);
  });

  test('A9 debts are forgotten when the fair queue is empty', () => {
    const queue = new FairQueue<string, string>({ maxLength: 100 });
    queue.push('?', '?1');
    queue.charge('?', 't', 1);
    queue.shift();
    for (const item of ['t1', 't2', '?2', '?3']) queue.push(item.charAt(0), item);
    expect(Array.from({ length: 4 }, () => queue.shift())).toEqual(['t1', '?2', 't2', '?3']);
  });
});
