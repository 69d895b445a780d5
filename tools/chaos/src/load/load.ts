import { classifyScreen } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import type { Sample } from './sample.ts';
import type { LoadClient } from './load-client.ts';
import type { Writer } from './writer.ts';

export interface Load {
  readonly samples: readonly Sample[];
  /** Returns the number of requests in flight. */
  pending(): number;
  /** Stops sending, and waits for the requests in flight. */
  stop(): Promise<void>;
  /** Continues after a stop. */
  resume(): void;
}

/** Every eighth request is made by a writer, unless that writer is busy. */
const writesEvery = 8;

/**
 * Sends requests in an open loop, on schedule however slow the answers are, like many independent clients.
 * When the generator falls behind it sends all due requests at once and skips none.
 *
 * @param rate requests per second
 */
export function startLoad(visitors: readonly LoadClient[], writers: readonly Writer[], rate: number): Load {
  const samples: Sample[] = [];
  const underWay = new Set<Promise<unknown>>();
  const questions = visitors.flatMap((visitor) => visitor.screens.map((screen) => ({ visitor, screen })));
  let turn = 0;
  let reads = 0;

  async function read(): Promise<void> {
    // A prime step covers every screen of every client, and rarely sends neighbouring ones in sequence.
    const question = questions[(reads++ * 7919) % questions.length];
    if (question === undefined) return;
    const { visitor, screen } = question;
    const { facts, client } = visitor;
    const at = performance.now();
    const reply = await visitor.send(visitor.read(screen));
    const classified = classifyScreen(product.contract, { client, screen, facts }, reply);
    samples.push({ ...classified, at, ms: reply.ms, client, tenant: facts.tenant, what: screen });
  }

  const next = (): void => {
    turn += 1;
    const writer = turn % writesEvery === 0 ? writers[(turn / writesEvery) % writers.length] : undefined;
    const work = writer?.idle() ? writer.turn((sample) => samples.push(sample)) : read();
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  const resume = (): void => {
    const [begun, before] = [performance.now(), sent];
    timer = setInterval(() => {
      for (const due = before + ((performance.now() - begun) / 1_000) * rate; sent < due; sent += 1) next();
    }, 10);
  };
  resume();
  return {
    samples,
    pending: () => underWay.size,
    async stop() {
      clearInterval(timer);
      while (underWay.size > 0) await Promise.all(underWay);
    },
    resume,
  };
}
