import { expect, test } from '@jest/globals';
import { visibleView, type JsonObject } from '../../src/index.ts';

const onlyIds = { apply: ({ orders }: JsonObject) => (orders === undefined ? {} : { orders: [{ id: 1 }] }) };

test.each([
  [
    { orders: [{ id: 1, note: 'x' }], next_cursor: 'sealed' },
    { orders: [{ id: 1 }], next_cursor: 'sealed' },
  ],
  [
    { orders: [{ id: 1 }], next_cursor: null },
    { orders: [{ id: 1 }], next_cursor: null },
  ],
  [{ notifications: [1], next_cursor: 'sealed' }, {}],
  [{ orders: [{ id: 1, note: 'x' }], name: 'x' }, { orders: [{ id: 1 }] }],
])('%j under an allowlist is %j', (view, seen) => {
  expect(visibleView(view, onlyIds)).toEqual(seen);
});
