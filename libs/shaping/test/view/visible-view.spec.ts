import { expect, test } from '@jest/globals';
import { visibleView, type JsonObject } from '../../src/index.ts';

const onlyIds = { apply: ({ things }: JsonObject) => (things === undefined ? {} : { things: [{ id: 1 }] }) };

test.each([
  [
    { things: [{ id: 1, note: 'x' }], next_cursor: 'sealed' },
    { things: [{ id: 1 }], next_cursor: 'sealed' },
  ],
  [
    { things: [{ id: 1 }], next_cursor: null },
    { things: [{ id: 1 }], next_cursor: null },
  ],
  [{ others: [1], next_cursor: 'sealed' }, {}],
  [{ things: [{ id: 1, note: 'x' }], name: 'x' }, { things: [{ id: 1 }] }],
])('%j under an allowlist is %j', (view, seen) => {
  expect(visibleView(view, onlyIds)).toEqual(seen);
});
