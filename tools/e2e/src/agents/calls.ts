import type { AgentWorld } from './agent-world.ts';

const scope =
  'customers:read orders:read notifications:read notifications:write preferences:read preferences:write';
const concurrency = 16;
const maxTries = 60;

export interface CallCounts {
  readonly calls: number;
  readonly lost: number;
  readonly writes: number;
  /** Number of calls that the service received for the writes. */
  readonly sent: number;
  readonly triedAgain: number;
}

interface Result {
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
  readonly content: readonly { readonly text: string }[];
}

/**
 * Calls tools as agents do, every twentieth call a write, and kills a replica halfway. A call without an
 * answer is repeated with the same arguments and without an idempotency key.
 */
export async function callThroughCrash(world: AgentWorld, calls: number): Promise<CallCounts> {
  const users = Array.from({ length: 100 }, (_, index) => `acme-user-${String(index + 1).padStart(3, '0')}`);
  const tokens = new Map(users.map((user) => [user, world.token(user, scope)]));
  let triedAgain = 0;
  let lost = 0;
  let next = 0;

  async function callOnce(user: string, name: string, args: object): Promise<Result> {
    const answer = await fetch(world.url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tokens.get(user)}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: args },
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return (JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as { result: Result }).result;
  }

  async function call(user: string, name: string, args: object): Promise<Result | undefined> {
    for (let tries = 0; tries < maxTries; tries++) {
      const result = await callOnce(user, name, args).catch(() => undefined);
      if (result && !result.isError) return result;
      triedAgain++;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    return undefined;
  }

  const unread = new Map<string, string[]>();
  for (const user of users) {
    const list = await call(user, 'listNotifications', { limit: 50, fields: 'notifications[*].id' });
    const { notifications = [] } = (list?.structuredContent ?? {}) as { notifications?: { id: string }[] };
    unread.set(
      user,
      notifications.map(({ id }) => id),
    );
  }

  let writes = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < calls; index = next++) {
      if (index === Math.floor(calls / 2)) world.kill();
      const user = users[(index + Math.floor(index / 20)) % users.length] ?? '';
      const id = index % 20 === 0 ? unread.get(user)?.pop() : undefined;
      const result = id
        ? await call(user, 'markNotificationRead', { id })
        : await call(user, index % 2 === 0 ? 'getProfile' : 'listOrders', {});
      if (!result) lost++;
      else if (id) writes++;
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work));
  const upstream = world.services.services.notification.calls();
  const sent = Object.entries(upstream).find(([route]) => route.endsWith('/read'))?.[1] ?? 0;
  return { calls, lost, writes, sent, triedAgain };
}
