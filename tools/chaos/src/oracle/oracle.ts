import { isDeepStrictEqual } from 'node:util';
import { problemTypes } from '@bff/service-kit';
import type { Reply } from '../load/ask.ts';
import type { Client, Contract, Facts, Json } from '../broken-product.ts';

/**
 * Classification of an answer:
 * - `complete`, `degraded`: 200 with the content that the contract promises
 * - `refused`: 4xx
 * - `unavailable`: a 502, 503 or 504 that the contract allows
 * - `forbidden`: a 5xx that the contract does not allow
 * - `broken`: no answer
 * - `wrong`: an answer whose content contradicts the contract
 */
export type Verdict = 'complete' | 'degraded' | 'refused' | 'unavailable' | 'forbidden' | 'broken' | 'wrong';
export interface Classified {
  readonly verdict: Verdict;
  readonly why?: string;
}

/** Range of counter values that a read may return, both ends included. */
export interface CounterRange {
  /** The last value whose write was acknowledged before the read was sent. */
  readonly least: number;
  /** Returns the last value that a write has sent so far. */
  readonly most: () => number;
}

export interface Asked {
  readonly client: Client;
  readonly screen: string;
  readonly facts: Facts;
  readonly counter?: CounterRange;
}

/**
 * Returns a word that no answer to this tenant may contain, whatever its status; undefined when there is
 * none.
 */
export function foreignWord(
  { wordsOf, secretWords }: Contract,
  tenant: string,
  text: string,
): string | undefined {
  const foreign = Object.entries(wordsOf).flatMap(([owner, words]) => (owner === tenant ? [] : words));
  return [...foreign, ...secretWords].find((word) => text.includes(word));
}

export function classifyScreen(contract: Contract, asked: Asked, reply: Reply): Classified {
  const foreign = foreignWord(contract, asked.facts.tenant, reply.body + JSON.stringify(reply.headers));
  if (foreign !== undefined) return { verdict: 'wrong', why: `contains ${foreign}` };
  if (reply.status !== 200) return classifyFailure(reply, contract.isRequired(asked.screen));
  return classifyContent(contract, asked, reply);
}

/** Classifies an answer whose status is not 200. @param needsOne whether the screen has a required source */
export function classifyFailure({ status, headers, body }: Reply, needsOne: boolean): Classified {
  if (status === 0) return { verdict: 'broken', why: body };
  const type = problemType(headers['content-type'], body);
  if (type === undefined)
    return { verdict: 'wrong', why: `${status} is not a known problem: ${body.slice(0, 80)}` };
  const why = `${status} ${type}`;
  if (status < 500) return { verdict: 'refused', why };
  const allowed =
    status === 503 ? headers['retry-after'] !== undefined : needsOne && (status === 502 || status === 504);
  return { verdict: allowed ? 'unavailable' : 'forbidden', why };
}

/**
 * Returns the last segment of the problem's type; undefined unless it is a problem of the closed list (RFC
 * 9457).
 */
export function problemType(contentType: string | undefined, body: string): string | undefined {
  if (contentType !== 'application/problem+json') return undefined;
  const type =
    String((parse(body) as { type?: unknown } | undefined)?.type)
      .split('/')
      .at(-1) ?? '';
  return Object.hasOwn(problemTypes, type) ? type : undefined;
}

function classifyContent(
  { expectedView, counter }: Contract,
  { client, screen, facts, counter: range }: Asked,
  { body, headers }: Reply,
): Classified {
  const parsed = parse(body) as (Json & { _meta?: Meta }) | undefined;
  if (parsed?._meta === undefined) return { verdict: 'wrong', why: 'no JSON with _meta' };
  const { _meta, ...found } = parsed;
  if ('next_cursor' in found) found['next_cursor'] = found['next_cursor'] !== null;
  if (
    _meta.complete !== (_meta.degraded.length === 0) ||
    _meta.complete !== (headers['bff-degraded'] === undefined)
  )
    return { verdict: 'wrong', why: 'declared both complete and degraded' };
  if (!_meta.complete && (headers.etag !== undefined || headers['cache-control'] !== 'no-store'))
    return { verdict: 'wrong', why: 'degraded, but may be stored' };

  const replaced = new Map(
    _meta.degraded.map(
      ({ source, fallback }) => [source, fallback === 'stale' ? 'stale' : 'default'] as const,
    ),
  );
  const isStale = replaced.get(counter.source) === 'stale';
  const holder = counter.holderOf(client, screen, found);
  if (holder !== undefined && counter.member in holder) {
    const value = Number(holder[counter.member]);
    const { least = NaN, most = () => NaN } = range ?? {};
    if (!((isStale || value >= least) && value <= most()))
      return {
        verdict: 'wrong',
        why: `counter is ${value}, not ${least} to ${most()}${isStale ? ' (stale)' : ''}`,
      };
    Reflect.deleteProperty(holder, counter.member);
  } else if (range !== undefined && range.least > 0 && holder !== undefined && replaced.size === 0)
    return { verdict: 'wrong', why: 'the counter is missing' };
  try {
    const expected = expectedView(client, screen, facts, replaced);
    if (isDeepStrictEqual(found, expected)) {
      if (_meta.complete) return { verdict: 'complete' };
      return {
        verdict: 'degraded',
        why: _meta.degraded.map(({ source, fallback }) => `${source} ${fallback}`).join(', '),
      };
    }
    return { verdict: 'wrong', why: difference(found, expected) };
  } catch (error) {
    return { verdict: 'wrong', why: (error as Error).message };
  }
}

interface Meta {
  readonly complete: boolean;
  readonly degraded: readonly { readonly source: string; readonly fallback: string }[];
}

/** Returns undefined for text that is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the first member that differs. */
function difference(found: Json, expected: Json): string {
  const name =
    [...new Set([...Object.keys(expected), ...Object.keys(found)])].find(
      (each) => !isDeepStrictEqual(found[each], expected[each]),
    ) ?? '';
  const shown = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 120);
  return `${name} is ${shown(found[name])}, not ${shown(expected[name])}`;
}
