import type { Deadline } from '@bff/service-kit';
import type { Aggregate } from './aggregate-kinds.ts';
import type { Screen } from './define-screen.ts';
import { Gathering } from './gathering.ts';

/**
 * Calls all sources of the screen concurrently and joins their answers. Settles within the smaller of the
 * screen's budget and the remaining deadline, whatever the sources do, and never rejects.
 * @param tenantFallbacks the tenant's default values of view fields. They take precedence over the fallback
 * that a failed source declares. The object is not copied
 */
export function aggregate<Scope, View extends object>(
  screen: Screen<Scope, View>,
  scope: Scope,
  deadline: Deadline,
  tenantFallbacks: Readonly<Record<string, unknown>> = {},
): Promise<Aggregate<View>> {
  return new Promise((resolve) => new Gathering(screen, scope, deadline, tenantFallbacks, resolve).start());
}
