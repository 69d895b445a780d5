import { createRequire } from 'node:module';
import type { JsonObject } from '@bff/diff-sync';
import { Chance } from '@bff/testbed';
import { changed } from './sync-changes.ts';

/** Views of one kind, each with its successor. */
export interface Pairs {
  readonly of: string;
  /** Number of changes within a pair; undefined for recorded payloads. */
  readonly changes?: number;
  readonly pairs: readonly (readonly [before: JsonObject, after: JsonObject])[];
}

const seeds = 50;

/** Returns pairs of a view and the view after random changes, with many seeds. */
export function screenPairs(of: string, view: JsonObject, changes: number): Pairs {
  const pairs = Array.from(
    { length: seeds },
    (_, seed) => [view, changed(view, changes, new Chance(seed + 1))] as const,
  );
  return { of, changes, pairs };
}

const require = createRequire(import.meta.url);
/** Event types with large payloads, many examples, and several events about the same object. */
const kinds = [
  'pull_request',
  'issues',
  'issue_comment',
  'check_run',
  'release',
  'repository',
  'workflow_job',
];

/** Returns GitHub's example payloads by event type, in the order of `@octokit/webhooks-examples`. */
export function webhookPairs(): Pairs[] {
  const events = require('@octokit/webhooks-examples/api.github.com/index.json') as {
    readonly name: string;
    readonly examples: readonly JsonObject[];
  }[];
  return kinds.map((kind) => {
    const examples = events.find(({ name }) => name === kind)?.examples ?? [];
    const pairs = examples.slice(1).map((after, at) => [examples[at] as JsonObject, after] as const);
    return { of: kind, pairs };
  });
}
