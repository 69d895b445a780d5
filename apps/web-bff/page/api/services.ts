/**
 * This module controls the demo services behind the BFF: it injects faults into them and reads the sizes of
 * their answers. A page in production would not know these services.
 */
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

/**
 * Returns the active fault of a service; `works` if it has none.
 * @throws {TypeError} if the service cannot be reached
 */
export async function conditionOf(name: string): Promise<Condition> {
  const answer = await fetch(`${origins[name]}/__faults`);
  const set = (await answer.json()) as readonly { readonly kind: string }[];
  const found = Object.entries(faults).find(([, { kind }]) => set.some((each) => each.kind === kind));
  return (found?.[0] ?? 'works') as Condition;
}

/**
 * Sets or clears the fault of a service.
 * @throws {TypeError} if the service cannot be reached
 */
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

/** Routes that a profile calls, by service. */
const profileRoutes: Readonly<Record<string, readonly string[]>> = {
  user: ['/api/v1/users/:id', '/api/v1/users/:id/preferences'],
  order: ['/api/v1/users/:id/orders'],
  notification: ['/api/v1/users/:id/unread_count'],
  loyalty: ['/api/v1/users/:id/tier'],
};

/**
 * Returns the total size in bytes of the latest answers of these routes; undefined if a service cannot be
 * reached.
 */
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
