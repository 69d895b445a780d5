import { useCallback, useEffect, useState } from 'preact/hooks';
import { bff, onExchange, type Meta, type Profile } from './api/bff.ts';
import { Degraded, sentenceOf } from './degraded.tsx';
import type { Exchange } from './api/exchange.ts';
import { ExchangePanel } from './panels/exchange-panel.tsx';
import { FaultsPanel } from './panels/faults-panel.tsx';
import { NotificationsCard } from './cards/notifications-card.tsx';
import { OrdersCard } from './cards/orders-card.tsx';
import { PreferencesCard } from './cards/preferences-card.tsx';
import { ProfileCard } from './cards/profile-card.tsx';
import { rawProfileBytes } from './api/services.ts';

/** Milliseconds after which every cached answer of a service is stale. */
const soonMs = 6_000;

interface Shown {
  readonly profile: Profile;
  readonly etag: string | null;
}

/** Shows the page of a logged-in user: loads the profile first, then the lists. */
export function Dashboard() {
  const [shown, setShown] = useState<Shown>();
  const [exchange, setExchange] = useState<Exchange>();
  const [rawBytes, setRawBytes] = useState<number>();
  const [busy, setBusy] = useState(false);
  const [news, setNews] = useState('');
  const [ready, setReady] = useState(false);
  /**
   * Set to a new object when a source is degraded or a fault is set, which triggers a reload after a delay.
   */
  const [doubt, setDoubt] = useState<object>();

  useEffect(() => onExchange((each) => each.path === '/api/profile' && setExchange(each)), []);

  const load = useCallback(
    async ({
      known,
      quietly = false,
    }: { readonly known?: Shown | undefined; readonly quietly?: boolean } = {}) => {
      setBusy(!quietly);
      const { data, error, response } = await bff
        .GET('/api/profile', {
          params: { header: known?.etag ? { 'If-None-Match': known.etag } : {} },
        })
        .finally(() => setBusy(false));
      if (response.status === 401) return;
      if (response.status === 304) return setNews('Nothing has changed: 304, without a body.');
      if (!data?._meta.complete) setDoubt({});
      if (!data) return setNews(`The profile cannot be shown: ${error?.title ?? response.status}.`);
      setShown({ profile: data, etag: response.headers.get('etag') });
      setNews(newsOf(data._meta));
      // The services report the sizes of their latest answers, so these are read before the next calls. After
      // a failure there is no size, because a failed service has sent no answer.
      setRawBytes(data._meta.complete ? await rawProfileBytes() : undefined);
      setReady(true);
    },
    [],
  );
  useEffect(() => void load(), [load]);

  useEffect(() => {
    if (!doubt) return;
    const soon = setTimeout(() => void load({ quietly: true }), soonMs);
    return () => clearTimeout(soon);
  }, [doubt, load]);
  /** Reloads now, and again when cached answers are stale, because fresh ones can hide the new fault. */
  const watch = () => {
    setDoubt({});
    void load();
  };
  const marked = shown && !shown.profile._meta.complete && news === newsOf(shown.profile._meta);

  return (
    <main aria-busy={busy}>
      <div class="title">
        <h1>{shown?.profile.name ?? 'Your profile'}</h1>
        <button type="button" disabled={busy} onClick={() => void load({ known: shown })}>
          Reload
        </button>
      </div>
      <p role="status" class={marked ? 'news hidden' : 'news'}>
        {busy ? 'Loading from five services …' : news}
      </p>
      {shown && <Degraded sources={shown.profile._meta.degraded} />}
      <div class="columns">
        <div>
          {shown && <ProfileCard profile={shown.profile} />}
          {shown && <OrdersCard latest={shown.profile.orders} lost={isLost(shown.profile._meta, 'orders')} />}
          {ready && <NotificationsCard />}
          {ready && <PreferencesCard />}
        </div>
        <aside aria-label="Behind the page">
          <FaultsPanel onChange={watch} />
          {exchange && <ExchangePanel exchange={exchange} rawBytes={rawBytes} />}
        </aside>
      </div>
    </main>
  );
}

const isLost = ({ degraded }: Meta, name: string): boolean => degraded.some(({ source }) => source === name);

const newsOf = ({ complete, degraded }: Meta): string =>
  complete ? 'Everything is here.' : degraded.map(sentenceOf).join(' ');
