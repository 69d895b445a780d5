import { FairQueue, monotonicClock, type Clock, type Deadline, type TenantId } from '@bff/service-kit';
import { parseBulkheadSettings, type BulkheadSettings } from './bulkhead-settings.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { AbortableTimeout } from './abortable-timeout.ts';

/** Result of the wait for a slot. `shed`: the queue was full, or no slot became free in time. */
export type Entry = 'entered' | 'shed' | 'aborted';
/** The load of an upstream, as far as the outcome of a call shows it. */
export type Load = 'fine' | 'overloaded' | 'unknown';

const verdicts = { timeUp: 'shed', aborted: 'aborted' } as const;

/**
 * Limits the concurrent calls of one upstream, queues a bounded number of further calls, and sheds the rest
 * at once.
 */
export class Bulkhead {
  readonly #limit: ConcurrencyLimit;
  readonly #queue: FairQueue<TenantId, AbortableTimeout<Entry>>;
  readonly #clock: Clock;
  #running = 0;

  /**
   * Creates a bulkhead.
   * @throws {TypeError} that lists every setting that is wrong
   */
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

  /** Takes a free slot without waiting. After true, `leave` must be called. */
  enter(): boolean {
    if (this.#running >= this.#limit.value || this.#queue.length > 0) return false;
    this.#running++;
    return true;
  }

  /**
   * Waits for a slot, fairly between tenants, for at most half of the remaining time, so that enough remains
   * for the call. `leave` must be called after `entered` only.
   */
  async waitFor(tenant: TenantId, deadline: Deadline): Promise<Entry> {
    const waiter = new AbortableTimeout<Entry>(deadline.remaining() / 2, deadline, verdicts);
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
