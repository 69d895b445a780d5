import type { CrossOriginOptions } from '@bff/shaping';
import type { ActingIdentity, IdentifyCallerOptions, Signals } from '@bff/auth-delegation';
import type { Family, RouterDependencies } from '@bff/screens';
import type { LoadShedding, Logger } from '@bff/service-kit';
import type { AuthDependencies } from './auth/dependencies.ts';
import type { DemoPageOptions } from './demo-page.ts';

/** What the app is made of. Put together in wiring.ts. */
export interface AppDependencies extends RouterDependencies {
  readonly log: Logger;
  readonly crossOrigin: CrossOriginOptions;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly auth: AuthDependencies;
  readonly caller: IdentifyCallerOptions;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly family: Family;
  /** Outside production. */
  readonly demoPage?: DemoPageOptions | undefined;
  /** Undefined: no transmitter is configured. */
  readonly signals?: Signals | undefined;
}
