import type { CrossOriginOptions } from '@bff/shaping';
import type { IdentifyCallerOptions, Signals } from '@bff/auth-delegation';
import type { Family, RouterDependencies } from '@bff/screens';
import type { LoadShedding, Logger } from '@bff/service-kit';
import type { Quotas } from '@bff/tenancy';
import type { Version } from './contract/versions.ts';

/** Dependencies of the app, assembled in wiring.ts. */
export interface AppDependencies extends RouterDependencies {
  readonly log: Logger;
  readonly crossOrigin: CrossOriginOptions;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly caller: IdentifyCallerOptions;
  readonly quotas: Quotas;
  readonly familyOf: (version: Version) => Family;
  /** Receives security events of the identity provider; undefined if no transmitter is configured. */
  readonly signals?: Signals | undefined;
}
