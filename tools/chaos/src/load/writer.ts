import type { Reply } from './ask.ts';
import { readFacts, type Truth } from '../oracle/facts.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Sample } from './sample.ts';
import { foreignWord, classifyFailure, classifyScreen, type Classified } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import type { LoadClient } from './load-client.ts';

/** A client that writes, and remembers which writes were acknowledged. */
export interface Writer {
  /** Prepares the data that this writer needs. Called before a load, while no request is in flight. */
  prepare?(fleet: Fleet): void;
  /** Returns whether no `turn` is in progress; the writes of one writer must not overlap. */
  idle(): boolean;
  /** Reads the current state, then writes a change of it. */
  turn(report: Report): Promise<void>;
  /**
   * Returns one line for each acknowledged write that the service itself, called directly, does not have.
   * Called while no request is in flight.
   */
  lost(fleet: Truth): Promise<string[]>;
}
export type Report = (sample: Sample) => void;

const { contract } = product;
const { counter } = contract;

export function oneAtATime(work: (report: Report) => Promise<void>): Pick<Writer, 'idle' | 'turn'> {
  let busy = false;
  return {
    idle: () => !busy,
    async turn(report) {
      busy = true;
      try {
        await work(report);
      } finally {
        busy = false;
      }
    },
  };
}

/** Creates a writer that increments the counter of one user. */
export function createCounter(visitor: LoadClient): Writer {
  const { client, facts } = visitor;
  const { tenant, user } = facts;
  let [acknowledged, attempted] = [0, 0];

  async function write(report: Report): Promise<void> {
    const common = { client, tenant };
    let at = performance.now();
    const range = { least: acknowledged, most: () => attempted };
    const read = await visitor.send(visitor.read(counter.screen));
    const classified = classifyScreen(
      contract,
      { client, screen: counter.screen, facts, counter: range },
      read,
    );
    report({ ...common, ...classified, at, ms: read.ms, what: 'read-back' });
    if (classified.verdict !== 'complete' || read.headers.etag === undefined) return;

    at = performance.now();
    const value = (attempted += 1);
    const reply = await visitor.send(visitor.change(read.headers.etag, { [counter.member]: value }));
    if (wasMade(reply)) acknowledged = value;
    report({ ...common, ...classifyWrite(tenant, reply), at, ms: reply.ms, what: 'write' });
  }

  return {
    ...oneAtATime(write),
    async lost(fleet) {
      const value = Number(product.counter.read(await readFacts(fleet, tenant, user)) ?? 0);
      return value < acknowledged
        ? [`${tenant}/${user}: ${acknowledged} was acknowledged, ${value} is there`]
        : [];
    },
  };
}

/**
 * Returns whether the change was made. A 204 confirms it too: the service returned no readable body, so there
 * is no view to answer with (F01).
 */
const wasMade = ({ status, body }: Reply): boolean => status === 200 || (status === 204 && body === '');

export function classifyWrite(tenant: string, reply: Reply): Classified {
  const foreign = foreignWord(contract, tenant, reply.body);
  if (foreign !== undefined) return { verdict: 'wrong', why: `contains ${foreign}` };
  return wasMade(reply) ? { verdict: 'complete' } : classifyFailure(reply, true);
}
