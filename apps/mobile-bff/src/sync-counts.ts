import { type SyncAnswer } from '@bff/diff-sync';
import { type Metrics } from '@bff/service-kit';

/** Counts one answer to a client that takes patches. @param status what was sent in the end */
export type CountSync = (told: SyncAnswer, status: number) => void;

type Kind = 'not-modified' | 'delta' | 'full' | 'reset';

/** Registers the metrics; the counts of one screen are looked up once, at start. */
export function createSyncCounts(metrics: Metrics): (screen: string) => CountSync {
  const answers = metrics.counter('bff_sync_answers_total', 'Answers to clients that take patches.', ['screen', 'kind']); // prettier-ignore
  const sent = metrics.counter('bff_sync_sent_bytes_total', 'Bytes of views and patches sent, uncoded.', ['screen']); // prettier-ignore
  const saved = metrics.counter('bff_sync_saved_bytes_total', 'Bytes of views that a 304 or a patch spared, uncoded.', ['screen']); // prettier-ignore

  return function countsOf(screen) {
    const ofKind = (kind: Kind) => answers.labels({ screen, kind });
    const kinds = { notModified: ofKind('not-modified'), delta: ofKind('delta'), full: ofKind('full'), reset: ofKind('reset') }; // prettier-ignore
    const [sentOfScreen, savedOfScreen] = [sent.labels({ screen }), saved.labels({ screen })];

    return function count(told, status) {
      const whole = Buffer.byteLength(told.json ?? '');
      let bytes = whole;
      if (status === 304) {
        kinds.notModified.inc();
        bytes = 0;
      } else if (status === 226 && told.kind === 'delta') {
        kinds.delta.inc();
        bytes = Buffer.byteLength(told.body);
      } else if (told.kind === 'full' && told.reset) kinds.reset.inc();
      else kinds.full.inc();
      sentOfScreen.inc(bytes);
      savedOfScreen.inc(whole - bytes);
    };
  };
}
