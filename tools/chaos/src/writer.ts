import { randomUUID } from 'node:crypto';
import { ask } from './ask.ts';
import { counter, foreignMark, judgeFailure, judgeScreen, type Judged } from './judge.ts';
import { type Sample } from './load.ts';
import { type Visitor } from './visitors.ts';

/** Counts a preference of one user up, and remembers what was acknowledged. */
export interface Writer {
  readonly visitor: Visitor;
  /** One write at a time. */
  idle(): boolean;
  /** Reads, then changes what was read. */
  turn(report: (sample: Sample) => void): Promise<void>;
  /** The last value that was acknowledged, and the last one sent. */
  acknowledged(): number;
  attempted(): number;
}

export function createWriter(visitor: Visitor): Writer {
  const { client, origin, facts } = visitor;
  const path = visitor.screens.preferences ?? '';
  let busy = false;
  let [acknowledged, attempted] = [0, 0];

  async function write(report: (sample: Sample) => void): Promise<void> {
    const { credentials } = visitor;
    const common = { client, tenant: facts.tenant };
    let at = performance.now();
    const range = { least: acknowledged, most: () => attempted };
    const read = await ask({ url: origin + path, headers: credentials });
    const judged = judgeScreen({ client, screen: 'preferences', facts, counter: range }, read);
    report({ ...common, ...judged, at, ms: read.ms, what: 'read-back' });
    if (judged.verdict !== 'complete' || read.headers.etag === undefined) return;

    at = performance.now();
    const value = (attempted += 1);
    const reply = await ask({
      method: 'PATCH',
      url: origin + path,
      headers: {
        ...credentials,
        ...(client === 'web' && { Origin: origin }),
        ...(client === 'partner' && { 'Idempotency-Key': `"${randomUUID()}"` }),
        'Content-Type': 'application/merge-patch+json',
        'If-Match': read.headers.etag,
      },
      body: JSON.stringify({ [counter]: value }),
    });
    if (reply.status === 200) acknowledged = value;
    report({ ...common, ...judgeWrite(reply), at, ms: reply.ms, what: 'write' });
  }

  const judgeWrite = (reply: Awaited<ReturnType<typeof ask>>): Judged => {
    const foreign = foreignMark(facts.tenant, reply.body);
    if (foreign !== undefined) return { verdict: 'wrong', why: `holds ${foreign}` };
    return reply.status === 200 ? { verdict: 'complete' } : judgeFailure(reply, true);
  };

  return {
    visitor,
    idle: () => !busy,
    async turn(report) {
      busy = true;
      try {
        await write(report);
      } finally {
        busy = false;
      }
    },
    acknowledged: () => acknowledged,
    attempted: () => attempted,
  };
}
