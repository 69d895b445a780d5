import { FairQueue, monotonicClock, type Clock, type Deadline, type TenantId } from '@bff/service-kit';
import { parseBulkheadSettings, type BulkheadSettings } from './bulkhead-settings.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { Waiter } from './waiter.ts';

/** `shed`: no place, or none in time. */
export type Entry = 'entered' | 'shed' | 'aborted';
/** What a call says about the load of its upstream. */
export type Load = 'fine' | 'overloaded' | 'unknown';

const verdicts = { timeUp: 'shed', aborted: 'aborted' } as const;

/** The places of one upstream: so many calls at a time, some more waiting, the others turned away at once. */
export class Bulkhead {
  readonly #limit: ConcurrencyLimit;
  readonly #queue: FairQueue<TenantId, Waiter<Entry>>;
  readonly #clock: Clock;
  #running = 0;

  /** @throws {TypeError} that lists every setting that is wrong */
  constructor(name: string, settings: BulkheadSettings, clock: Clock = monotonicClock) {
    const { maxConcurrent, maxQueued } = parseBulkheadSettings(name, settings);
    this.#limit = new ConcurrencyLimit(maxConcurrent);
    this.#queue = new FairQueue({ maxLength: maxQueued });
    this.#clock = clock;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queue.length;
  }

  get limit(): number {
    return this.#limit.value;
  }

  /** A place without a wait; true when there was one, which is then to be left. */
  enter(): boolean {
    if (this.#running >= this.#limit.value || this.#queue.length > 0) return false;
    this.#running++;
    return true;
  }

  /**
   * A place in turn. Waits for at most half of what is left of the deadline, so that enough of it remains for the call.
   * Only `entered` is to be left.
   */
  async waitFor(tenant: TenantId, deadline: Deadline): Promise<Entry> {
    const waiter = new Waiter<Entry>(deadline.remaining() / 2, deadline, verdicts);
    this.#queue.push(tenant, waiter)?.settle('shed');
    const entry = await waiter.settled;
    if (entry !== 'entered') this.#queue.remove(tenant, waiter);
    return entry;
  }

  leave(load: Load, startedAt: number): void {
    if (load === 'fine') this.#limit.succeeded(this.#running);
    else if (load === 'overloaded') this.#limit.overloaded(startedAt, this.#clock());
    this.#running--;
    while (this.#running < this.#limit.value) {
      const next = this.#queue.shift();
      if (!next) return;
      if (next.settle('entered')) this.#running++;
    }
  }
}
