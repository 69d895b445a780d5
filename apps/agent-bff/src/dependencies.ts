import type { RunTool } from '@bff/agent-tools';
import type { IdentifyCallerOptions, ProtectedResource, Signals } from '@bff/auth-delegation';
import type { Idempotency } from '@bff/screens';
import type { LoadShedding, Logger } from '@bff/service-kit';
import type { BodyLimits, CrossOriginOptions } from '@bff/shaping';
import type { Quotas } from '@bff/tenancy';

/** Dependencies of the app, assembled in wiring.ts. */
export interface AppDependencies {
  readonly log: Logger;
  readonly crossOrigin: CrossOriginOptions;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly caller: IdentifyCallerOptions;
  readonly quotas: Quotas;
  readonly resource: ProtectedResource;
  readonly run: RunTool;
  readonly receipts: Pick<Idempotency, 'receipt'>;
  readonly bodyLimits: BodyLimits;
  /** Receives security events of the identity provider; undefined if no transmitter is configured. */
  readonly signals?: Signals | undefined;
}
