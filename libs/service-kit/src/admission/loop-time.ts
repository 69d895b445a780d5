/** Event-loop time of one request, in milliseconds. */
export interface LoopAccount {
  ms: number;
}

const ownAccount = Symbol('ownAccount');
/** A request with its account, in a property instead of a WeakMap (docs/adr/0042). */
interface Accounted {
  [ownAccount]?: LoopAccount;
}

/** Starts to measure the event-loop time of a request. */
export function openLoopAccount(request: object & Accounted): LoopAccount {
  return (request[ownAccount] = { ms: 0 });
}

/** Returns the account of a request; undefined if the request did not pass admission. */
export const loopAccountOf = (request: object & Accounted): LoopAccount | undefined => request[ownAccount];

let running: LoopAccount | undefined;
let since = 0;
let endsTurn = false;

/**
 * Charges event-loop time to an account until the next call or the end of the event-loop turn. Called where
 * work on a request begins or resumes: an approximation that costs 0.1 us per call. `async_hooks` would be
 * exact, but would take a tenth of the time of a request.
 */
export function chargeLoop(account: LoopAccount | undefined): void {
  const now = performance.now();
  if (running) running.ms += now - since;
  running = account;
  since = now;
  if (endsTurn) return;
  endsTurn = true;
  // Runs before the loop waits for events, so that idle time is not charged.
  setImmediate(endTurn);
}

function endTurn(): void {
  endsTurn = false;
  if (running) running.ms += performance.now() - since;
  running = undefined;
}

/** Adds the time that is not charged yet, and returns the total in milliseconds. */
export function settleLoop(account: LoopAccount): number {
  if (running === account) {
    const now = performance.now();
    account.ms += now - since;
    since = now;
  }
  return account.ms;
}
