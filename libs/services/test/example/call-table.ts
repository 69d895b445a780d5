import { expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import type { CallScope } from '@bff/upstream-clients';
import { createWorld, scopeOf, type Clients } from './world.ts';

export type Call = (clients: Clients, scope: CallScope) => Promise<Outcome<unknown>>;

/** Tests that each call sends its request and returns the answer of the service. */
export const testCalls = (rows: readonly (readonly [request: string, call: Call, answer: unknown])[]): void =>
  test.each(rows)('the call sends %s and returns the answer', async (line, call, answer) => {
    await using world = await createWorld(answer);
    expect(await call(world.clients, scopeOf())).toEqual({ kind: 'value', value: answer });
    expect(world.seen.map((request) => request.line)).toEqual([line]);
  });

/** Tests that each call fails as `bad-response` when its service returns the answer of the row. */
export const testBadResponses = (
  rows: readonly (readonly [circumstance: string, call: Call, answer: unknown])[],
): void =>
  test.each(rows)('A8 when %s, the call fails as bad-response', async (_, call, answer) => {
    await using world = await createWorld(answer);
    expect(await call(world.clients, scopeOf())).toEqual({ kind: 'failed', reason: 'bad-response' });
  });

/** A page of one item. */
export const page = (item: unknown) => ({ items: [item], next_cursor: 'c2' });
