import { AsyncLocalStorage } from 'node:async_hooks';
import { InvalidControl } from '../control/invalid-control.ts';

/** The clock of one provider, which can differ from the machine's clock by an offset. */
export interface ProviderClock {
  /** Sets the offset in seconds. @throws {InvalidControl} when it is not a finite number */
  shift(offsetSeconds: number): void;
  /** Runs `work`, and everything asynchronous that it starts, by this clock. */
  run<T>(work: () => T): T;
}

const running = new AsyncLocalStorage<{ readonly offsetMs: number }>();
let machineNow = Date.now;
const providerNow = (): number => machineNow() + (running.getStore()?.offsetMs ?? 0);

/**
 * Replaces `Date.now`, because oidc-provider accepts no other clock. Work that a request to this provider
 * starts gets the shifted time, by its async context; other code in the process (a BFF under test, other
 * providers) gets the machine's time.
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
      if (!Number.isFinite(offsetSeconds)) throw new InvalidControl('offset_seconds must be a number');
      hookDateNow();
      time = { offsetMs: offsetSeconds * 1000 };
    },
    run: (work) => running.run(time, work),
  };
}
