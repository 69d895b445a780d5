import { createRequire } from 'node:module';
import type { JsonObject } from '@bff/diff-sync';
import { Chance } from '@bff/testbed';
import { changed } from './sync-changes.ts';

/** Views of one kind, each with what became of it. */
export interface Pairs {
  readonly of: string;
  /** Between the two of a pair; undefined where nobody made them. */
  readonly changes?: number;
  readonly pairs: readonly (readonly [before: JsonObject, after: JsonObject])[];
}

const seeds = 50;

/** A view and what becomes of it with so many changes, by many seeds. */
export function screenPairs(of: string, view: JsonObject, changes: number): Pairs {
  const pairs = Array.from(
    { length: seeds },
    (_, seed) => [view, changed(view, changes, new Chance(seed + 1))] as const,
  );
  return { of, changes, pairs };
}

const require = createRequire(import.meta.url);
/** The larger kinds of things that have a life: enough payloads, and the same thing in many of them. */
const kinds = [
  'pull_request',
  'issues',
  'issue_comment',
  'check_run',
  'release',
  'repository',
  'workflow_job',
];

/** GitHub's example payloads of one kind, in the order in which `@octokit/webhooks-examples` has them. */
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
