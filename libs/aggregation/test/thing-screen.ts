import { Deadline, type Degradation, type FailureReason, type Outcome } from '@bff/service-kit';
import { defineScreen, type Source } from '../src/index.ts';

/** A source that the test settles with an outcome at a time of its choice. */
export class Scripted<Part extends object> implements Source<unknown, Part> {
  readonly fallback: Part;
  readonly budgetMs?: number;
  readonly required?: boolean;
  readonly whenAbsent?: 'fail' | 'fallback';
  readonly deadlines: Deadline[] = [];
  readonly scopes: unknown[] = [];
  answer: (outcome: Outcome<Part>) => void = () => undefined;
  break: (error: unknown) => void = () => undefined;

  constructor(fallback: Part, settings: Omit<Source<unknown, Part>, 'read' | 'fallback'> = {}) {
    this.fallback = fallback;
    Object.assign(this, settings);
  }

  read(scope: unknown, deadline: Deadline): Promise<Outcome<Part>> {
    this.scopes.push(scope);
    this.deadlines.push(deadline);
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.break = reject;
    });
  }
}

export const value = <T>(of: T): Outcome<T> => ({ kind: 'value', value: of });
export const failed = (reason: FailureReason, retryAfterMs?: number): Outcome<never> => ({
  kind: 'failed',
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
export const stale = <T>(of: T, ageMs: number): Outcome<T> => ({
  kind: 'failed',
  reason: 'error',
  stale: { value: of, ageMs },
});
export const byDefault = (source: string, reason: FailureReason): Degradation => ({
  source,
  reason,
  fallback: 'default',
});

/** Creates a screen with two sources; `thingSettings` configures the first. */
export function thingScreen(thingSettings: Omit<Source<unknown, object>, 'read' | 'fallback'> = {}) {
  const thing = new Scripted<{ title: string; note: string }>({ title: 'Untitled', note: '' }, thingSettings);
  const tags = new Scripted<{ tags: { id: string }[] }>({ tags: [] });
  const unexpected: unknown[] = [];
  const screen = defineScreen<unknown>()({
    name: 'thing',
    budgetMs: 2000,
    sources: { thing, tags },
    onUnexpected: (error, source, scope) => unexpected.push({ error, source, scope }),
  });
  return { screen, thing, tags, unexpected };
}

export const oneThing = value({ title: 'One', note: 'the note' });
export const twoTags = value({ tags: [{ id: 'a1' }, { id: 'a2' }] });

export function visit(ms = 2000) {
  const client = new AbortController();
  return { client, deadline: Deadline.after(ms, client.signal) };
}
