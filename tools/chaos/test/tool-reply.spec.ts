import { describe, expect, test } from '@jest/globals';
import type { Contract, Facts } from '../src/broken-product.ts';
import { replyOfTool } from '../src/load/tool-reply.ts';
import { classifyScreen } from '../src/oracle/oracle.ts';

/** Tests that the oracle classifies results of tool calls, with a product of one screen. */
const facts: Facts = { tenant: 't1', user: 'ann' };
const contract: Contract = {
  isRequired: () => true,
  expectedView: (_, __, ___, replaced) => ({
    name: replaced.get('person') === 'default' ? 'Unknown' : 'Ann',
    things: [],
  }),
  wordsOf: { t1: ['@t1.example'], t2: ['@t2.example'] },
  secretWords: ['-SECRET-'],
  counter: { screen: 'settings', source: 'settings', member: 'writes', holderOf: () => undefined },
  marks: { list: 'things', member: 'marked_at' },
};
const view = { name: 'Ann', things: [] };
const whole = { version: 'v1', complete: true };
const lost = (fallback: string) => ({
  complete: false,
  degraded: [{ source: 'person', reason: 'error', fallback }],
});
const sentence = 'Incomplete: person is a placeholder and not data (it failed).';

const answer = (message: object, status = 200) =>
  replyOfTool({
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    ms: 1,
  });
const success = (structuredContent: object, ...sentences: readonly string[]) =>
  answer({
    result: {
      content: [JSON.stringify(structuredContent), ...sentences].map((text) => ({ type: 'text', text })),
      structuredContent,
    },
  });
const failure = (text: string) => answer({ result: { content: [{ type: 'text', text }], isError: true } });
const classify = (reply: ReturnType<typeof answer>) =>
  classifyScreen(contract, { client: 'agent', screen: 'overview', facts }, reply).verdict;

describe('the oracle classifies', () => {
  test.each([
    ['a complete result as complete', success({ ...view, _meta: whole }), 'complete'],
    [
      'a declared default as degraded',
      success({ ...view, name: 'Unknown', _meta: lost('default') }, sentence),
      'degraded',
    ],
    ['an undeclared default as wrong', success({ ...view, name: 'Unknown', _meta: whole }), 'wrong'],
    ['a degraded result without a sentence as wrong', success({ ...view, _meta: lost('stale') }), 'wrong'],
    [
      'a degraded result whose sentence names another source as wrong',
      success({ ...view, _meta: lost('stale') }, 'Incomplete: things are placeholders.'),
      'wrong',
    ],
    [
      'a degraded result with a version as wrong',
      success({ ...view, _meta: { ...lost('stale'), version: 'v1' } }, sentence),
      'wrong',
    ],
    ['an additional member as wrong', success({ ...view, locale: 'de', _meta: whole }), 'wrong'],
    [
      'a text that differs from the structured content as wrong',
      answer({ result: { content: [{ text: '{}' }], structuredContent: { ...view, _meta: whole } } }),
      'wrong',
    ],
    [
      'data of another tenant in the sentence as wrong',
      success({ ...view, _meta: lost('stale') }, `${sentence} x@t2.example`),
      'wrong',
    ],
    [
      'data of another tenant in a failed call as wrong',
      failure('Not found. x@t2.example Take ids from a list.'),
      'wrong',
    ],
    ['a failed call with an unknown problem as wrong', failure('Oops.'), 'wrong'],
    ['a JSON-RPC error as wrong', answer({ error: { code: -32603, message: 'Internal error' } }), 'wrong'],
    ['a failed call with an internal error as forbidden', failure('Internal server error.'), 'forbidden'],
    [
      'an unavailable service without advice as forbidden',
      failure('Service temporarily unavailable.'),
      'forbidden',
    ],
    [
      'an unavailable service with the advice to call again as unavailable',
      failure('Service temporarily unavailable. Call again in a few seconds.'),
      'unavailable',
    ],
    [
      'a failed required service as unavailable',
      failure('A required service failed. Call again.'),
      'unavailable',
    ],
    ['invalid arguments as refused', failure('The request is malformed. limit: too large.'), 'refused'],
    ['an HTTP error that is not a problem as wrong', answer({}, 502), 'wrong'],
  ] as const)('the oracle classifies %s', (_, reply, verdict) => {
    expect(classify(reply)).toBe(verdict);
  });
});

test('the version of a complete result is an entity tag, and a write without a view is a 204', () => {
  expect(success({ ...view, _meta: whole }).headers.etag).toBe('"v1"');
  const { status, body } = success({ _meta: { done: true, idempotency_key: 'k' } });
  expect({ status, body }).toEqual({ status: 204, body: '' });
});
