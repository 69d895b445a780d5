import { useCallback, useEffect, useState } from 'preact/hooks';
import { bff, type Notification } from '../api/bff.ts';
import { when } from '../formats.ts';

/** Shows one page of notifications, with a button that marks one as read. */
export function NotificationsCard() {
  const [notifications, setNotifications] = useState<readonly Notification[]>([]);
  const [news, setNews] = useState('');

  const load = useCallback(async () => {
    const { data, error } = await bff.GET('/api/notifications', { params: { query: { limit: 5 } } });
    setNews(data ? '' : `Notifications cannot be shown: ${error?.title ?? 'no answer'}.`);
    if (data) setNotifications(data.notifications ?? []);
  }, []);
  useEffect(() => void load(), [load]);

  async function markRead({ id = '', title }: Notification) {
    const { data, error } = await bff.POST('/api/notifications/{id}/read', { params: { path: { id } } });
    setNews(data ? `“${title}” is marked as read.` : `Not marked as read: ${error?.title ?? 'no answer'}.`);
    if (data) setNotifications(notifications.map((each) => (each.id === id ? { ...each, ...data } : each)));
  }

  return (
    <section class="card" aria-labelledby="notifications">
      <h2 id="notifications">Notifications</h2>
      {notifications.length === 0 && <p class="note">None to show.</p>}
      <ul class="rows">
        {notifications.map((each) => (
          <li key={each.id} class={each.read_at ? 'read' : undefined}>
            <span dir="auto">
              <b>{each.title}</b> {each.created_at && <small>{when(each.created_at)}</small>}
            </span>
            {each.read_at ? (
              <span class="badge">read</span>
            ) : (
              <button
                type="button"
                class="quiet"
                aria-label={`Mark read: “${each.title}”`}
                onClick={() => void markRead(each)}
              >
                Mark read
              </button>
            )}
          </li>
        ))}
      </ul>
      <p role="status" class="trouble">
        {news}
      </p>
    </section>
  );
}
