import { expect, test } from '@jest/globals';
import { resourceId } from '../../src/index.ts';

test.each(['o1', 'thing-o12', '...', 'a.b', '2f1c:9@x~_', 'x'.repeat(128)])('%s can name something', (id) => {
  expect(resourceId(id)).toBe(id);
});

test.each([
  '', '.', '..', 'a/b', '../users', 'a b', 'a?b', 'a#b', 'a%2fb', 'a\n', 'a\0', 'ä', '\\', 'x'.repeat(129),
  undefined, ['a'],
])('%j can name nothing', (id) => {
  expect(() => resourceId(id)).toThrow(expect.objectContaining({ type: 'not-found' }));
}); // prettier-ignore
