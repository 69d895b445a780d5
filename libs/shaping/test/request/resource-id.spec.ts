import { expect, test } from '@jest/globals';
import { resourceId } from '../../src/index.ts';

test.each([
  'o1',
  'thing-o12',
  '...',
  'a.b',
  '2f1c:9@x~_',
  'SO#1',
  'A/B',
  'auth0|1',
  'T3Jk==',
  'a b',
  'a%2fb',
  '../users',
  '\\',
  'ä',
  '🧾',
  'x'.repeat(256),
])('F07 an id that a list may contain is accepted in a path: %j', (id) => {
  expect(resourceId(id)).toBe(id);
});

test.each(['', '.', '..', 'a\n', 'a\0', '\u007f', '\u0085', '\ud800', 'x'.repeat(257), undefined, ['a']])(
  'a path with %j, which cannot be an id, returns 404',
  (id) => {
    expect(() => resourceId(id)).toThrow(expect.objectContaining({ type: 'not-found' }));
  },
);
