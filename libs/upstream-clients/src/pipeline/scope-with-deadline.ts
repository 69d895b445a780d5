import type { Deadline } from '@bff/service-kit';
import type { CallScope } from './call.ts';

/**
 * A scope with another deadline or parent span. It wraps the scope instead of spreading it, because a spread
 * loses the methods of a scope that is an instance of a class.
 */
export class ScopeWithDeadline implements CallScope {
  readonly tenant;
  readonly identityKey;
  readonly requestId;
  readonly traceparent;
  readonly tracestate;
  readonly deadline;
  readonly loopAccount;
  readonly #parent: CallScope;

  constructor(parent: CallScope, deadline: Deadline, traceparent = parent.traceparent) {
    this.tenant = parent.tenant;
    this.identityKey = parent.identityKey;
    this.requestId = parent.requestId;
    this.traceparent = traceparent;
    this.tracestate = parent.tracestate;
    this.deadline = deadline;
    this.loopAccount = parent.loopAccount;
    this.#parent = parent;
  }

  bearerFor(audience: string): string {
    return this.#parent.bearerFor(audience);
  }
}
