/** Milliseconds of the event loop that one request has used. */
export interface LoopAccount {
  ms: number;
}

const accounts = new WeakMap<object, LoopAccount>();

/** Opens the account of a request that begins. */
export function openLoopAccount(request: object): LoopAccount {
  const account = { ms: 0 };
  accounts.set(request, account);
  return account;
}

/** Undefined where a request did not pass admission. */
export const loopAccountOf = (request: object): LoopAccount | undefined => accounts.get(request);

let running: LoopAccount | undefined;
let since = 0;
let endsTurn = false;

/**
 * Charges what the event loop does from now on to an account, until the next call or the end of this turn. Called where the
 * work of a request begins or goes on, so that the work of each is known to the accuracy of these places, for 0.1 us a call.
 * `async_hooks` would be exact, and cost a tenth of a request.
 */
export function chargeLoop(account: LoopAccount | undefined): void {
  const now = performance.now();
  if (running) running.ms += now - since;
  running = account;
  since = now;
  if (endsTurn) return;
  endsTurn = true;
  // Runs before the loop waits for events again, so that no idle time is charged.
  setImmediate(endTurn);
}

function endTurn(): void {
  endsTurn = false;
  if (running) running.ms += performance.now() - since;
  running = undefined;
}

/** Charges what is not charged yet, and returns the total. */
export function settleLoop(account: LoopAccount): number {
  if (running === account) {
    const now = performance.now();
    account.ms += now - since;
    since = now;
  }
  return account.ms;
}
