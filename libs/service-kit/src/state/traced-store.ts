import type { StateStore } from './state-store.ts';
import type { Tracing } from '../telemetry/tracing.ts';

const untraced = ['ping', 'check', 'close', 'listen', 'scan'];
const span = { kind: 'client', attributes: { 'db.system.name': 'redis' } } as const;

/**
 * Wraps each command in a span without its key, because keys contain user names. Returns the store itself
 * without tracing.
 */
export function tracedStore(store: StateStore, tracing: Tracing | undefined): StateStore {
  if (!tracing) return store;
  const members = Object.entries(store).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function' || untraced.includes(name)) return [name, member];
    const label = `redis ${name}`;
    return [name, (...args: unknown[]) => tracing.span(label, span, () => member(...args))];
  });
  return Object.fromEntries(members);
}
