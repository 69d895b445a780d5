import type { CrossOriginOptions } from '@bff/shaping';
import type { ActingIdentity, IdentifyCallerOptions, Signals } from '@bff/auth-delegation';
import type { Family, RouterDependencies } from '@bff/screens';
import type { LoadShedding, Logger } from '@bff/service-kit';
import type { AuthDependencies } from './auth/dependencies.ts';
import type { DemoPageOptions } from './demo-page.ts';

/** Dependencies of the app, assembled in wiring.ts. */
export interface AppDependencies extends RouterDependencies {
  readonly log: Logger;
  readonly crossOrigin: CrossOriginOptions;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly auth: AuthDependencies;
  readonly caller: IdentifyCallerOptions;
  /** Returns the internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly family: Family;
  /** The demo page, which is served outside production only. */
  readonly demoPage?: DemoPageOptions | undefined;
  /** Receives security events of the identity provider; undefined if no transmitter is configured. */
  readonly signals?: Signals | undefined;
}
