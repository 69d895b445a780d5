/** The demo services behind the BFF. Only here does a page know them: to break them, and to weigh what they send. */
const meta = document.querySelector<HTMLMetaElement>('meta[name=services]');
const origins = JSON.parse(meta?.content ?? '{}') as Readonly<Record<string, string>>;
export const serviceNames: readonly string[] = Object.keys(origins);

export const conditions = ['works', 'slow', 'error', 'hang'] as const;
export type Condition = (typeof conditions)[number];

const faults = {
  slow: { route: '*', kind: 'latency', ms: 600 },
  error: { route: '*', kind: 'error', status: 500 },
  hang: { route: '*', kind: 'hang' },
} as const;

/** @throws {TypeError} when the service is not there */
export async function conditionOf(name: string): Promise<Condition> {
  const answer = await fetch(`${origins[name]}/__faults`);
  const set = (await answer.json()) as readonly { readonly kind: string }[];
  const found = Object.entries(faults).find(([, { kind }]) => set.some((each) => each.kind === kind));
  return (found?.[0] ?? 'works') as Condition;
}

/** @throws {TypeError} when the service is not there */
export async function setCondition(name: string, condition: Condition): Promise<void> {
  const url = `${origins[name]}/__faults`;
  await fetch(url, { method: 'DELETE' });
  if (condition !== 'works')
    await fetch(url, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(faults[condition]),
    });
}

/** The calls of which a profile is made. */
const profileRoutes: Readonly<Record<string, readonly string[]>> = {
  user: ['/api/v1/users/:id', '/api/v1/users/:id/preferences'],
  order: ['/api/v1/users/:id/orders'],
  notification: ['/api/v1/users/:id/unread_count'],
  loyalty: ['/api/v1/users/:id/tier'],
};

/** Bytes of the bodies that the five calls of a profile were last answered with; undefined when one cannot be asked. */
export async function rawProfileBytes(): Promise<number | undefined> {
  try {
    const sizes = await Promise.all(
      Object.entries(profileRoutes).map(async ([name, routes]) => {
        const answer = await fetch(`${origins[name]}/__sizes`);
        const byRoute = (await answer.json()) as Readonly<Record<string, number>>;
        return routes.map((route) => byRoute[route] ?? 0);
      }),
    );
    return sizes.flat().reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return undefined;
  }
}
