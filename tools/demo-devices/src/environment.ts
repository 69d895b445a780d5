import type { JsonObject } from '@bff/diff-sync';
import type { Environment } from './life.ts';
import { pick, type Random } from './random.ts';

const languages = ['de', 'en', 'fr', 'he', 'ar', 'ja'];
const outage = { route: '/api/v1/users/:id/unread_count', kind: 'error', status: 503 };

/**
 * Simulates the same user on another client, without the code of the devices: changes a preference or reads a
 * notification.
 *
 * @param notificationService address of the service whose unread count fails during an outage; undefined:
 * there are no outages
 */
export function createEnvironment(
  origin: string,
  headers: Readonly<Record<string, string>>,
  random: Random,
  notificationService: string | undefined,
): Environment {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}/api/${path}`, { ...init, headers: { ...headers, ...init.headers } });

  async function changePreference(): Promise<void> {
    const patch = { language: pick(random, languages), seen: random(1_000) };
    const accepted = { 'Content-Type': 'application/merge-patch+json', 'If-Match': '*' };
    await ask('preferences', { method: 'PATCH', headers: accepted, body: JSON.stringify(patch) });
  }

  async function readNotification(): Promise<void> {
    const { notifications = [] } = (await (await ask('notifications')).json()) as {
      notifications?: readonly JsonObject[];
    };
    const unread = pick(
      random,
      notifications.filter(({ read_at: at }) => at === undefined),
    );
    if (unread) await ask(`notifications/${String(unread['id'])}/read`, { method: 'POST' });
  }

  const control = (init: RequestInit): Promise<Response> => fetch(`${notificationService}/__faults`, init);
  return {
    change: () => (random(3) === 0 ? readNotification() : changePreference()),
    during:
      notificationService === undefined
        ? undefined
        : async (work) => {
            await control({ method: 'PUT', body: JSON.stringify(outage) });
            try {
              return await work();
            } finally {
              await control({ method: 'DELETE' });
            }
          },
  };
}
