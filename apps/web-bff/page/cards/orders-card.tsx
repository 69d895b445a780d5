import { useEffect, useState } from 'preact/hooks';
import { bff, type Order } from '../api/bff.ts';
import { money, when } from '../formats.ts';

interface OrdersCardProps {
  readonly latest: readonly Order[] | undefined;
  /** Whether the source failed, so that the orders are unknown. */
  readonly lost: boolean;
}

/** A constant, so that its identity does not change between renders. */
const none: readonly Order[] = [];

/** Shows the five orders of the profile and, on request, all orders page by page. */
export function OrdersCard({ latest = none, lost }: OrdersCardProps) {
  const [orders, setOrders] = useState(latest);
  /** undefined: the first page is next; null: there are no more pages. */
  const [cursor, setCursor] = useState<string | null>();
  const [trouble, setTrouble] = useState('');
  /** The effect below depends on the content, so that an equal answer does not collapse the expanded list. */
  const content = JSON.stringify(latest);
  useEffect(() => {
    setOrders(latest);
    setCursor(undefined);
    setTrouble('');
  }, [content]);

  async function more() {
    const { data, error } = await bff.GET('/api/orders', {
      params: { query: { limit: 10, ...(cursor && { cursor }) } },
    });
    setTrouble(data ? '' : `Orders cannot be shown: ${error?.title ?? 'no answer'}.`);
    if (!data) return;
    const page = data.orders ?? [];
    setOrders(cursor === undefined ? page : [...orders, ...page]);
    setCursor(data.next_cursor ?? null);
  }

  return (
    <section class="card" aria-labelledby="orders">
      <h2 id="orders">Orders</h2>
      {orders.length === 0 && <p class="note">{lost ? 'Not known for the moment.' : 'None to show.'}</p>}
      <ul class="rows">
        {orders.map(({ id, status, placed_at, total_cents, currency }) => (
          <li key={id}>
            <span>
              <b>{id}</b> {placed_at && <small>{when(placed_at)}</small>}
            </span>
            {status && <span class={`badge ${status}`}>{status}</span>}
            <span class="sum">{money(total_cents, currency)}</span>
          </li>
        ))}
      </ul>
      <p role="status" class="trouble">
        {trouble}
      </p>
      {cursor !== null && (
        <button type="button" class="quiet" onClick={() => void more()}>
          {cursor === undefined ? 'All orders' : 'Next page'}
        </button>
      )}
    </section>
  );
}
