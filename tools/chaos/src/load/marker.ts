import type { Json } from '../broken-product.ts';
import { serviceReader } from '../oracle/facts.ts';
import { classifyMarks, plantedInfix, type Marks } from '../oracle/classify-marks.ts';
import { parse, type Classified } from '../oracle/oracle.ts';
import { product } from '../product.ts';
import type { LoadClient } from './load-client.ts';
import { classifyWrite, oneAtATime, type Report, type Writer } from './writer.ts';

/** Number of unmarked items before each load: more than a writer marks during one load. */
const stock = 20;

/**
 * Creates a writer that marks planted items of one user, each once. It reads only the newest page: older
 * items were checked during earlier loads.
 */
export function createMarker(visitor: LoadClient): Writer {
  const { client, facts } = visitor;
  const { tenant, user } = facts;
  const { member } = product.contract.marks;
  const marks: Marks = { acknowledged: new Map(), attempted: new Set() };
  let unmarked: string[] = [];
  let planted = 0;

  async function mark(report: Report): Promise<void> {
    const common = { client, tenant };
    let at = performance.now();
    const before = new Map(marks.acknowledged);
    const read = await visitor.send(visitor.readMarks());
    const classified = classifyMarks(product.contract, tenant, { ...marks, acknowledged: before }, read);
    report({ ...common, ...classified, at, ms: read.ms, what: 'read-back' });

    const id = unmarked.shift();
    if (id === undefined) return;
    at = performance.now();
    marks.attempted.add(id);
    const reply = await visitor.send(visitor.mark(id));
    const markedAt = reply.status === 200 ? (parse(reply.body) as Json | undefined)?.[member] : undefined;
    if (typeof markedAt === 'string') marks.acknowledged.set(id, markedAt);
    const verdict: Classified =
      reply.status === 200 && typeof markedAt !== 'string'
        ? { verdict: 'wrong', why: 'acknowledged, but not marked' }
        : classifyWrite(tenant, reply);
    report({ ...common, ...verdict, at, ms: reply.ms, what: 'write' });
  }

  return {
    ...oneAtATime(mark),
    prepare(fleet) {
      const ids = Array.from(
        { length: stock - unmarked.length },
        () => `${user}${plantedInfix}${String((planted += 1)).padStart(6, '0')}`,
      );
      product.marks.plant(fleet.databaseOf(product.marks.service), { tenant, user, ids });
      unmarked = [...unmarked, ...ids];
    },
    async lost(fleet) {
      const { service, truthOf } = product.marks;
      const answer = await serviceReader(fleet, tenant, user)(service, truthOf(user));
      const items = answer['items'] as readonly Json[];
      const known = new Map(items.map((item) => [String(item['id']), item[member]]));
      const isWhole = items.length < 100;
      return [...marks.acknowledged]
        .filter(([id, at]) => (isWhole || known.has(id)) && known.get(id) !== at)
        .map(
          ([id, at]) =>
            `${tenant}/${user}: ${id} was marked at ${String(at)}, ${String(known.get(id))} is there`,
        );
    },
  };
}
