import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import fc from 'fast-check';
import { createPaging } from '../../src/index.ts';

const key = 'a key of a test, longer than 32 bytes';
const day = 86_400_000;
const noon = 20_000 * day + day / 2;
const scope = ['t1', 'u1', 'things'];
const paging = createPaging({ key, now: () => noon });
const upstreamCursor = 'WyIyMDI2LTExLTAxIiwibzEiXQ';

const sealed = (within = scope, cursor = upstreamCursor) =>
  String(
    createPaging({ key, now: () => noon })
      .read({}, within)
      .next(cursor),
  );
const refusal = (query: Record<string, unknown>, within = scope, pages = paging): Problem => {
  try {
    pages.read(query, within);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(query)} was accepted`);
};

describe('limit', () => {
  test.each([
    [undefined, 20],
    ['1', 1],
    ['9', 9],
    ['50', 50],
  ])('the query parameter limit=%s is parsed as the page size %i', (limit, pageSize) => {
    expect(paging.read({ limit, unknown: 'x' }, scope)).toMatchObject({
      limit: pageSize,
      cursor: undefined,
    });
  });

  test.each([
    '',
    '0',
    '51',
    '99',
    '100',
    '-1',
    '1.5',
    '1e1',
    '01',
    ' 5',
    '5 ',
    '0x5',
    '٥',
    'all',
    ['5', '6'],
    {},
  ])('the query parameter limit %j returns 400', (limit) => {
    expect(refusal({ limit })).toMatchObject({ type: 'bad-request', status: 400 });
    expect(refusal({ limit }).detail).toContain('1 to 50');
  });
});

describe('cursor', () => {
  test('a sealed cursor is opened to its original content, and does not reveal it', () => {
    expect(paging.read({ cursor: sealed() }, scope).cursor).toBe(upstreamCursor);
    expect(sealed()).not.toContain(upstreamCursor);
    expect(Buffer.from(sealed(), 'base64url').includes(upstreamCursor)).toBe(false);
    expect(sealed()).toMatch(/^[\w-]+$/);
  });

  test('the cursor of the next page is null when there is no next page', () => {
    expect(paging.read({}, scope).next(null)).toBeNull();
  });

  test('a sealed cursor is the same all day on every replica, so that a page keeps its ETag, and is different for each list, user and tenant', () => {
    const later = createPaging({ key, now: () => noon + day / 2 - 1 });
    expect(later.read({}, scope).next(upstreamCursor)).toBe(sealed());
    const all = [
      sealed(),
      sealed(scope, 'another'),
      sealed(['t2', 'u1', 'things']),
      sealed(['t1', 'u2', 'things']),
      sealed(['t1', 'u1', 'others']),
    ];
    expect(new Set(all.map((text) => text.slice(0, 16))).size).toBe(all.length);
  });

  test.each([
    ['another tenant', ['t2', 'u1', 'things']],
    ['another user', ['t1', 'u2', 'things']],
    ['another list', ['t1', 'u1', 'others']],
    ['scope parts that look the same when joined', ['t1', 'u1","things']],
    ['no scope', []],
  ])('T7 a cursor that was sealed for %s returns 400', (_, other) => {
    expect(refusal({ cursor: sealed() }, other)).toMatchObject({ type: 'invalid-cursor', status: 400 });
  });

  test('T7 a cursor that was sealed with another key is rejected', () => {
    const other = createPaging({ key: `${key}!`, now: () => noon });
    expect(refusal({ cursor: other.read({}, scope).next('x') }).type).toBe('invalid-cursor');
  });

  test.each([
    ['accepted on the same day', 0, true],
    ['accepted a day later', 1, true],
    ['rejected two days later', 2, false],
    ['rejected a month later', 30, false],
  ])('a sealed cursor is %s', (_, days, opens) => {
    const then = createPaging({ key, now: () => noon + days * day });
    if (opens) expect(then.read({ cursor: sealed() }, scope).cursor).toBe(upstreamCursor);
    else expect(refusal({ cursor: sealed() }, scope, then).type).toBe('invalid-cursor');
  });

  test('T7 a cursor with any character changed, added or removed is rejected', () => {
    const text = sealed();
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'Aa0-_=. '), (at, character) => {
        const head = text.slice(0, at);
        for (const forged of [head + character + text.slice(at + 1), head + character + text.slice(at), head])
          if (forged !== text) expect(refusal({ cursor: forged }).type).toBe('invalid-cursor');
      }),
    );
  });

  test.each(['', upstreamCursor, '__proto__', '../..', 'A'.repeat(3_000_000), ['a', 'b'], { a: 1 }])(
    'T7 a cursor with the text %.20j is rejected',
    (cursor) => {
      expect(refusal({ cursor }).type).toBe('invalid-cursor');
    },
  );

  test('any cursor text of an upstream is preserved when it is sealed and opened', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (cursor) => {
        expect(paging.read({ cursor: sealed(scope, cursor) }, scope).cursor).toBe(cursor);
      }),
    );
  });

  test('sealing a cursor that is too long for a URL throws upstream-failed', () => {
    expect(() => paging.read({}, scope).next('x'.repeat(3_000))).toThrow(
      expect.objectContaining({ type: 'upstream-failed' }),
    );
  });
});

test('createPaging throws TypeError when the key is too short', () => {
  expect(() => createPaging({ key: 'short' })).toThrow(TypeError);
});

test('a cursor of the previous key is accepted during a rotation, and a cursor of an unknown key is rejected', () => {
  const rotated = createPaging({
    key: 'the key of now, longer than 32 bytes',
    previousKey: key,
    now: () => noon,
  });
  expect(rotated.read({ cursor: sealed() }, scope).cursor).toBe(upstreamCursor);
  const own = String(rotated.read({}, scope).next(upstreamCursor));
  expect(rotated.read({ cursor: own }, scope).cursor).toBe(upstreamCursor);
  expect(refusal({ cursor: own }).type).toBe('invalid-cursor');
  expect(refusal({ cursor: sealed(['t2', 'u1', 'things']) }, scope, rotated).type).toBe('invalid-cursor');
});
