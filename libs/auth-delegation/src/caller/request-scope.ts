import type { IncomingMessage } from 'node:http';
import { contextOf, Deadline, loopAccountOf, type LoopAccount, type TenantId } from '@bff/service-kit';
import { identityKey, type ActingIdentity } from '../identity.ts';
import { callerOf } from './identify-caller.ts';

/** Values that all upstream calls of a request share: tenant, authority and deadline. */
export interface RequestScope {
  readonly tenant: TenantId;
  readonly userId: string;
  readonly identityKey: string;
  /** Returns the internal token for one service. */
  readonly bearerFor: (audience: string) => string;
  readonly requestId: string;
  /** W3C `traceparent` of this hop. */
  readonly traceparent: string;
  readonly tracestate: string | undefined;
  readonly deadline: Deadline;
  /** Account that is charged for the event-loop time of processing upstream responses. */
  readonly loopAccount: LoopAccount | undefined;
}

/**
 * Creates the scope of a request.
 * @param bearerFor method of the result of {@link createInternalTokens}
 * @param budgetMs time limit, measured from the arrival of the request, in milliseconds (F14)
 * @param signal aborts the calls. default: aborts when the client disconnects
 * @throws {TypeError} when the request did not pass {@link identifyCaller}
 */
export function requestScope(
  request: IncomingMessage,
  bearerFor: (identity: ActingIdentity) => (audience: string) => string,
  budgetMs: number,
  signal?: AbortSignal,
): RequestScope {
  const { identity, tenant } = callerOf(request);
  const context = contextOf(request);
  return {
    tenant: tenant.id,
    userId: identity.subject,
    identityKey: identityKey(identity),
    bearerFor: bearerFor(identity),
    requestId: context.requestId,
    traceparent: context.traceparent,
    tracestate: context.tracestate,
    deadline: Deadline.after(context.remaining(budgetMs), signal ?? context.signal),
    loopAccount: loopAccountOf(request),
  };
}
