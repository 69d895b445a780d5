import type { Metrics } from '@bff/service-kit';
import type { SessionStore } from './session-store.ts';

/**
 * Wraps a store so that `bff_sessions_total` counts sessions that begin and that end early. Expiry is not
 * counted.
 */
export function withSessionMetrics(store: SessionStore, metrics: Metrics): SessionStore {
  const sessions = metrics.counter('bff_sessions_total', 'Sessions created, and ended by a logout', [
    'event',
  ]);
  const created = sessions.labels('created');
  const ended = sessions.labels('ended');
  const counting =
    <Args extends unknown[], Ending extends boolean | number>(end: (...args: Args) => Promise<Ending>) =>
    async (...args: Args): Promise<Ending> => {
      const result = await end(...args);
      ended.inc(Number(result));
      return result;
    };
  return {
    ...store,
    async create(facts, meta) {
      const made = await store.create(facts, meta);
      created.inc();
      return made;
    },
    end: counting(store.end),
    endById: counting(store.endById),
    endAllOf: counting(store.endAllOf),
    endBySid: counting(store.endBySid),
    endBySub: counting(store.endBySub),
    endBySubWithoutSid: counting(store.endBySubWithoutSid),
    endSelected: counting(store.endSelected),
    endByGrant: counting(store.endByGrant),
  };
}
