import { describe, expect, test } from '@jest/globals';
import { shapeOf } from '../../src/contract/shape-of.ts';
import { versions, type Version } from '../../src/contract/versions.ts';
import { type View } from '../../src/contract/view.ts';

const [, current] = versions;
/** Version 2 with a mapping that answers this for a customer. */
const answering = (answer: object): Version => ({
  ...current!,
  resources: { ...current!.resources, customer: { ...current!.resources.customer, of: () => answer } },
});
const view: View = { name: 'Alice' };

describe('an answer that breaks its contract', () => {
  test.each<[string, object, RegExp]>([
    ['another type', { name: 7 }, /v2 customer breaks its contract: name: /],
    ['a member that nobody promised', { name: 'A', ssn: '1' }, /ssn/],
  ])('%s: is an error where answers are verified, and told without its values', (_title, answer, told) => {
    expect(() => shapeOf(answering(answer), 'customer', true)(view)).toThrow(told);
    expect(() => shapeOf(answering({ name: 'A', ssn: 'secret' }), 'customer', true)(view)).not.toThrow(
      /secret/,
    );
  });

  test('is sent in production: a partner is better served by it than by nothing', () => {
    expect(shapeOf(answering({ name: 7 }), 'customer', false)(view).view).toEqual({ name: 7 });
  });

  test('one that keeps it passes', () => {
    expect(shapeOf(current!, 'customer', true)(view).view).toEqual({ name: 'Alice' });
  });
});
