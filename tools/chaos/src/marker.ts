import { ask } from './ask.ts';
import { type Json } from './facts.ts';
import { parse, type Judged } from './oracle.ts';
import { judgeMarks, type Marks } from './judge-marks.ts';
import { plantNotifications } from './plant-notifications.ts';
import { type Visitor } from './visitors.ts';
import { judgeWrite, oneAtATime, type Report, type Writer } from './writer.ts';

/** Unread at the begin of each load: more than there are turns in one. */
const stock = 20;

/** Marks planted notifications of one user as read, each once. The newest page is looked at: what is older was, load for load. */
export function createMarker(visitor: Visitor): Writer {
  const { client, origin, facts } = visitor;
  const { tenant, user } = facts;
  const marks: Marks = { acknowledged: new Map(), attempted: new Set() };
  let unread: string[] = [];
  let planted = 0;

  async function mark(report: Report): Promise<void> {
    const { credentials } = visitor;
    const common = { client, tenant };
    let at = performance.now();
    const before = new Map(marks.acknowledged);
    const read = await ask({ url: `${origin}/api/notifications?limit=50`, headers: credentials });
    const judged = judgeMarks(tenant, { ...marks, acknowledged: before }, read);
    report({ ...common, ...judged, at, ms: read.ms, what: 'read-back' });

    const id = unread.shift();
    if (id === undefined) return;
    at = performance.now();
    marks.attempted.add(id);
    const reply = await ask({
      method: 'POST',
      url: `${origin}/api/notifications/${id}/read`,
      headers: { ...credentials, ...(client === 'web' && { Origin: origin }) },
    });
    const readAt = reply.status === 200 ? (parse(reply.body) as Json | undefined)?.['read_at'] : undefined;
    if (typeof readAt === 'string') marks.acknowledged.set(id, readAt);
    const verdict: Judged =
      reply.status === 200 && typeof readAt !== 'string'
        ? { verdict: 'wrong', why: 'acknowledged, and not read' }
        : judgeWrite(tenant, reply);
    report({ ...common, ...verdict, at, ms: reply.ms, what: 'write' });
  }

  return {
    ...oneAtATime(mark),
    prepare(fleet) {
      const ids = Array.from({ length: stock - unread.length }, () => `${user}-chaos-${String((planted += 1)).padStart(6, '0')}`); // prettier-ignore
      plantNotifications(fleet.databaseOf('notification'), { tenant, user, ids });
      unread = [...unread, ...ids];
    },
    async lost(fleet) {
      const url = `${fleet.services.notification.url}/api/v1/users/${user}/notifications?limit=100`;
      const answer = await fetch(url, { headers: fleet.authority(tenant, user, 'notification') });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      const { items } = JSON.parse(await answer.text()) as { items: Json[] };
      const known = new Map(items.map(({ id, read_at: at }) => [String(id), at]));
      const isWhole = items.length < 100;
      return [...marks.acknowledged]
        .filter(([id, at]) => (isWhole || known.has(id)) && known.get(id) !== at)
        .map(
          ([id, at]) =>
            `${tenant}/${user}: ${id} was read at ${String(at)}, ${String(known.get(id))} is there`,
        );
    },
  };
}
