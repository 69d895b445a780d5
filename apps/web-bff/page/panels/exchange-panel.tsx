import type { Exchange } from '../api/exchange.ts';
import { bytes, milliseconds } from '../formats.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/** Shows what the last profile answer cost: time by source, sizes in bytes, and the validator (ETag). */
export function ExchangePanel({
  exchange,
  rawBytes,
}: {
  readonly exchange: Exchange;
  readonly rawBytes: number | undefined;
}) {
  const { status, ms, sources, wireBytes, bodyBytes, coding, etag } = exchange;
  const unchanged = status === 304;
  const times = [
    ...sources.map(({ name, ms: value }) => ({ label: name, value, text: milliseconds(value) })),
    { label: 'this page waited', value: ms, text: milliseconds(ms) },
  ];
  const weights = [
    ...(rawBytes === undefined
      ? []
      : [{ label: 'its five sources', value: rawBytes, text: bytes(rawBytes) }]),
    ...(unchanged ? [] : [{ label: 'this answer', value: bodyBytes, text: bytes(bodyBytes) }]),
    { label: unchanged ? 'now, 304' : `as sent, ${coding}`, value: wireBytes, text: bytes(wireBytes) },
  ];
  return (
    <section class="card" aria-labelledby="exchange">
      <h2 id="exchange">
        Last answer <code class={unchanged ? 'good' : undefined}>{status}</code>
      </h2>
      {!unchanged && <Bars title="Time, all sources at once" bars={times} />}
      <Bars title="Bytes of bodies" bars={weights} />
      <p class="note">
        {etag ? (
          <>
            ETag <code class="etag">{etag}</code>
            <br />
            Reload sends it: an unchanged answer is not sent again (304).
          </>
        ) : (
          'No ETag: a degraded answer must not be cached.'
        )}
      </p>
    </section>
  );
}

function Bars({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) {
  const max = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <>
      <h3>{title}</h3>
      <dl class="bars">
        {bars.map(({ label, value, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span class="bar" style={{ width: `${(100 * value) / max}%` }} />
              <span class="number">{text}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
