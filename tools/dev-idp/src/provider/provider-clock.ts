import { AsyncLocalStorage } from 'node:async_hooks';
import { InvalidControl } from '../control/invalid-control.ts';

/** A clock that runs ahead of the machine's (or behind), for this provider alone. */
export interface ProviderClock {
  /** Sets the distance to the machine's clock. @throws {InvalidControl} when it is not a finite number */
  shift(offsetSeconds: number): void;
  /** Runs `work`, and all that it starts, by this clock. */
  run<T>(work: () => T): T;
}

const running = new AsyncLocalStorage<{ readonly offsetMs: number }>();
let machineNow = Date.now;
const providerNow = (): number => machineNow() + (running.getStore()?.offsetMs ?? 0);

/**
 * oidc-provider reads `Date.now` and takes no other clock. The hook looks at who asks: work begun by a request to this
 * provider gets the shifted time, the rest of the process (a BFF under test, other providers) the machine's.
 */
function hookDateNow(): void {
  if (Date.now === providerNow) return;
  machineNow = Date.now;
  Date.now = providerNow;
}

export function createProviderClock(): ProviderClock {
  let time = { offsetMs: 0 };
  return {
    shift(offsetSeconds) {
      if (!Number.isFinite(offsetSeconds)) throw new InvalidControl('offset_seconds is a number');
      hookDateNow();
      time = { offsetMs: offsetSeconds * 1000 };
    },
    run: (work) => running.run(time, work),
  };
}
