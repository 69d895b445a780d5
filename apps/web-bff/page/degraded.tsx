import type { Meta } from './api/bff.ts';

type Source = Meta['degraded'][number];

const reasons: Readonly<Record<Source['reason'], string>> = {
  timeout: 'did not answer in time',
  open: 'failed too often and is not called for a while',
  error: 'failed',
  shed: 'was not called, because it is overloaded',
  'bad-response': 'sent an invalid response',
};
const fallbacks: Readonly<Record<Source['fallback'], string>> = {
  stale: 'an older copy',
  tenant: "your tenant's default",
  default: 'a default',
};

const whyOf = ({ reason, fallback }: Source): string => `${reasons[reason]}: shown is ${fallbacks[fallback]}`;
const ageOf = ({ age_ms }: Source): string =>
  age_ms === undefined ? '' : `, ${Math.round(age_ms / 1000)} s old`;

/**
 * Returns the degraded source, the reason and the fallback. Omits the age, because it changes with every
 * answer, and screen readers would read the sentence again.
 */
export const sentenceOf = (each: Source): string => `${each.source} ${whyOf(each)}.`;

/** Shows the degraded sources of an answer; nothing if it is complete. */
export const Degraded = ({ sources }: { readonly sources: Meta['degraded'] }) =>
  sources.length === 0 ? null : (
    <section class="degraded" aria-label="Degraded parts">
      <ul>
        {sources.map((each) => (
          <li key={each.source}>
            <b>{each.source}</b>
            <span>
              {' '}
              {whyOf(each)}
              {ageOf(each)}.
            </span>
            <code>
              {each.reason} · {each.fallback}
            </code>
          </li>
        ))}
      </ul>
    </section>
  );
