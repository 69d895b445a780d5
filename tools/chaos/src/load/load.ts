import { ask } from './ask.ts';
import { judgeScreen } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import type { Sample } from './sample.ts';
import type { Visitor } from './visitors.ts';
import type { Writer } from './writer.ts';

export interface Load {
  readonly samples: readonly Sample[];
  /** Sent and not answered yet. */
  pending(): number;
  /** Sends nothing more, and waits for what is under way. */
  stop(): Promise<void>;
  /** Goes on where it was stopped. */
  resume(): void;
}

/** Every how many turns a writer has one. */
const writesEvery = 8;

/**
 * Open loop: requests are sent when they are due, however slow the answers are, as many independent clients do. When the
 * generator itself falls behind it sends what is due at once, and never skips.
 *
 * @param rate requests a second
 */
export function startLoad(visitors: readonly Visitor[], writers: readonly Writer[], rate: number): Load {
  const samples: Sample[] = [];
  const underWay = new Set<Promise<unknown>>();
  const questions = visitors.flatMap((visitor) =>
    Object.entries(visitor.screens).map(([screen, path]) => ({ visitor, screen, path })),
  );
  let turn = 0;
  let reads = 0;

  async function read(): Promise<void> {
    // A step that shares no divisor with the length visits all of them, and neighbours rarely follow each other.
    const question = questions[(reads++ * 7919) % questions.length];
    if (question === undefined) return;
    const { visitor, screen, path } = question;
    const { facts, client, origin, credentials } = visitor;
    const at = performance.now();
    const reply = await ask({ url: origin + path, headers: credentials });
    const judged = judgeScreen(product.contract, { client, screen, facts }, reply);
    samples.push({ ...judged, at, ms: reply.ms, client, tenant: facts.tenant, what: screen });
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
