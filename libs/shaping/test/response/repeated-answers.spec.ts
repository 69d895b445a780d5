import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, JsonObject } from '../../src/index.ts';
import { RepeatedAnswers } from '../../src/response/repeated-answers.ts';

const scope = ['t1', 'u1', '/api/thing'];
const part = { text: 'one' };

function world(limit = 1_000_000) {
  const answers = new RepeatedAnswers(limit);
  let made = 0;
  return {
    made: () => made,
    get: (view: JsonObject, more: Partial<Answer> = {}) =>
      answers.get({ view, degraded: [], scope, isFromCache: true, ...more }, () => {
        made++;
        return { token: `token-${made}`, body: JSON.stringify(view) };
      }),
  };
}

describe('an answer that comes from the response cache', () => {
  test('an answer of the same objects is serialized twice, and not again', () => {
    const { get, made } = world();
    const all = Array.from({ length: 5 }, () => get({ part, count: 1 }));
    expect(made()).toBe(2);
    expect(new Set(all.slice(1))).toEqual(
      new Set([{ token: 'token-2', body: '{"part":{"text":"one"},"count":1}' }]),
    );
  });

  test.each<[string, JsonObject]>([
    ['another object', { part: { text: 'two' }, count: 1 }],
    ['another scalar', { part, count: 2 }],
    ['the same members in another sequence', { count: 1, part }],
    ['a member more', { part, count: 1, more: null }],
    ['a member less', { part }],
  ])('an answer with %s is serialized again', (_what, view) => {
    const { get } = world();
    get({ part, count: 1 });
    get({ part, count: 1 });
    expect(get(view).body).toBe(JSON.stringify(view));
  });

  test('an answer that does not come from the response cache is serialized every time', () => {
    const { get, made } = world();
    for (let time = 0; time < 3; time++) get({ part }, { isFromCache: false });
    expect(made()).toBe(3);
  });

  test('T1 the representation of one scope is never returned for another', () => {
    const scopes = fc.array(fc.constantFrom('', 't1', 't2', 'u1', '","'), { maxLength: 3 });
    const views = fc.constantFrom<JsonObject>({ part }, { part, a: 1 }, { part: { text: 'two' } }, {});
    fc.assert(
      fc.property(fc.array(fc.tuple(scopes, views), { maxLength: 30 }), (requests) => {
        const answers = new RepeatedAnswers(1_000_000);
        for (const [of, view] of requests) {
          const body = JSON.stringify([of, view]);
          expect(
            answers.get({ view, degraded: [], scope: of, isFromCache: true }, () => ({ token: '', body }))
              .body,
          ).toBe(body);
        }
      }),
    );
  });

  test('an answer that is larger than half of the memory is serialized every time', () => {
    const { get, made } = world(100);
    for (let time = 0; time < 4; time++) get({ part: 'long'.repeat(20) });
    expect(made()).toBe(4);
  });
});
