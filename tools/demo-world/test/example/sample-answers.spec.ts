import { expect, test } from '@jest/globals';
import { composedScreen } from '../../src/measured/composed-screen.ts';
import { sampleAnswers } from '../../src/measured/sample-answers.ts';

const answerTo = sampleAnswers({ listItems: 5, itemParts: 1 }, () => 0);
const parsed = (path: string, limit: number): unknown => JSON.parse(answerTo(path, limit) ?? '');

test.each(['', '/orders'])('two users get different answers of /users/<id>%s', (part) => {
  const [one, other] = ['a', 'b'].map((user) => answerTo(`/api/v1/users/${user}${part}`, 5));
  expect(one).not.toBe(other);
});

test('a list has at most as many items as the limit', () => {
  expect((parsed('/api/v1/users/a/orders', 3) as { items: unknown[] }).items).toHaveLength(3);
});

test('the composed screen contains the answers of the sample services', () => {
  const { sources, pathOf, viewOf } = composedScreen;
  const values = sources.map((source) => {
    const [path = '', query] = pathOf(source, 'a').split('?');
    return parsed(path, Number(new URLSearchParams(query).get('limit')));
  });
  expect(viewOf(values as unknown as Parameters<typeof viewOf>[0])).toMatchObject({
    name: 'Customer a',
    orders: [{ id: 'o-a-0' }, {}, {}, {}, {}],
    unread_notifications: 3,
    loyalty_tier: 'gold',
  });
});
