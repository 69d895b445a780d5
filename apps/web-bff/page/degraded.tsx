import type { Meta } from './api/bff.ts';

type Source = Meta['degraded'][number];

const reasons: Readonly<Record<Source['reason'], string>> = {
  timeout: 'did not answer in time',
  open: 'is left alone for a while, after failing too often',
  error: 'failed',
  shed: 'was not asked, to spare it',
  'bad-response': 'answered what nobody can read',
};
const fallbacks: Readonly<Record<Source['fallback'], string>> = {
  stale: 'an older copy',
  tenant: "your tenant's default",
  default: 'a default',
};

const whyOf = ({ reason, fallback }: Source): string => `${reasons[reason]}: shown is ${fallbacks[fallback]}`;
const ageOf = ({ age_ms }: Source): string =>
  age_ms === undefined ? '' : `, ${Math.round(age_ms / 1000)} s old`;

/** What is missing, why, and what stands in its place. Without the age: who hears it is not to hear it again each time. */
export const sentenceOf = (each: Source): string => `${each.source} ${whyOf(each)}.`;

/** The marks of a degraded answer; nothing when it is complete. */
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
