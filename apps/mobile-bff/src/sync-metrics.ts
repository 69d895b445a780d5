import type { DiffSyncOptions, SyncAnswer } from '@bff/diff-sync';
import type { Logger, Metrics } from '@bff/service-kit';

/**
 * Counts one answer to a client that accepts patches.
 * @param status status that was sent
 */
export type CountSync = (synced: SyncAnswer, status: number) => void;

type Kind = 'not-modified' | 'delta' | 'full' | 'reset';

/** Registers the metrics. Looks the labels of a screen up once, at start. */
export function createSyncMetrics(metrics: Metrics): (screen: string) => CountSync {
  const answers = metrics.counter('bff_sync_answers_total', 'Answers to clients that accept patches.', [
    'screen',
    'kind',
  ]);
  const sent = metrics.counter(
    'bff_sync_sent_bytes_total',
    'Bytes of views and patches sent, before compression.',
    ['screen'],
  );
  const saved = metrics.counter(
    'bff_sync_saved_bytes_total',
    'Bytes of views that a 304 or a patch saved, before compression.',
    ['screen'],
  );

  return function countsOf(screen) {
    const ofKind = (kind: Kind) => answers.labels({ screen, kind });
    const kinds = {
      notModified: ofKind('not-modified'),
      delta: ofKind('delta'),
      full: ofKind('full'),
      reset: ofKind('reset'),
    };
    const [sentOfScreen, savedOfScreen] = [sent.labels({ screen }), saved.labels({ screen })];

    return function count(synced, status) {
      const complete = Buffer.byteLength(synced.json ?? '');
      let bytes = complete;
      if (status === 304) {
        kinds.notModified.inc();
        bytes = 0;
      } else if (status === 226 && synced.kind === 'delta') {
        kinds.delta.inc();
        bytes = Buffer.byteLength(synced.body);
      } else if (synced.kind === 'full' && synced.reset) kinds.reset.inc();
      else kinds.full.inc();
      sentOfScreen.inc(bytes);
      savedOfScreen.inc(complete - bytes);
    };
  };
}

/**
 * Maximum number of warnings: there is one per pattern, and patterns contain member names, which may come
 * from data, so that their number is unbounded.
 */
const maxWarnings = 100;

/**
 * Counts arrays that a patch replaces completely, because their items have no identity. Outside production,
 * logs a warning once per array.
 */
export function countReplacedArrays(
  metrics: Metrics,
  log: Pick<Logger, 'warn'> | undefined,
): NonNullable<DiffSyncOptions['onReplacedArray']> {
  const replaced = metrics.counter(
    'bff_sync_replaced_arrays_total',
    'Arrays that a patch replaced completely, because items have no id or equal ids.',
    ['screen'],
  );
  const warned = new Set<string>();
  return ({ resource }, pattern) => {
    const [screen = ''] = resource.split(/[/?]/);
    replaced.labels({ screen }).inc();
    const name = `${screen} ${pattern}`;
    if (!log || warned.has(name) || warned.size >= maxWarnings) return;
    warned.add(name);
    log.warn(
      { screen, array: pattern },
      'items of this array have no id or equal ids, so patches replace the complete array; add a unique id to each item',
    );
  };
}
