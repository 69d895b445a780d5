import type { Deadline } from '@bff/service-kit';
import type { CallScope } from './call.ts';

/** A scope with another deadline or parent span. Not a spread, which would lose the methods of a class. */
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
