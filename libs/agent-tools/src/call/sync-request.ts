import { callerOf } from '@bff/auth-delegation';
import type { SyncRequest } from '@bff/diff-sync';
import type { ScreenAnswer } from '@bff/screens';
import type { IncomingMessage } from 'node:http';

/** The condition of a call that names no version: it accepts no patch and no 304. */
export const unconditional = { aIm: undefined, ifNoneMatch: undefined };

/** Returns the input of differential sync for a result, except the condition (`aIm`, `ifNoneMatch`). */
export function syncRequestOf(
  request: IncomingMessage,
  { view, visible, resource, variant, selection, degradedFields }: ScreenAnswer,
): Omit<SyncRequest, 'aIm' | 'ifNoneMatch'> {
  const { identity, tenant } = callerOf(request);
  return {
    view,
    visible,
    tenant: tenant.id,
    policyVersion: tenant.policyVersion,
    subject: identity.subject,
    // Each agent of a user has its own stored versions, which other agents neither use nor evict.
    device: identity.clientId,
    resource: JSON.stringify([identity.clientId, resource]),
    variant,
    selection,
    degradedFields,
  };
}
