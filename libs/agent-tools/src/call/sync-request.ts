import { callerOf } from '@bff/auth-delegation';
import type { SyncRequest } from '@bff/diff-sync';
import type { ScreenAnswer } from '@bff/screens';
import type { IncomingMessage } from 'node:http';

/** Of a call that names no version. */
export const unconditional = { aIm: undefined, ifNoneMatch: undefined };

/** What a result is to differential sync, besides the version that the client has. */
export function syncRequestOf(
  request: IncomingMessage,
  { view, visible, resource, variant, selection, degradedFields }: ScreenAnswer,
): Omit<SyncRequest, 'aIm' | 'ifNoneMatch'> {
  const { identity, tenant } = callerOf(request);
  return {
    view,
    visible,
    tenant: tenant.id,
    tenantVersion: tenant.version,
    subject: identity.subject,
    // Two agents of one user neither share versions nor push out each other's.
    device: identity.clientId,
    resource: JSON.stringify([identity.clientId, resource]),
    variant,
    selection,
    degradedFields,
  };
}
