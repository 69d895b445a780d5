import type { Reply } from '../load/ask.ts';
import type { Contract, Json } from '../broken-product.ts';
import { foreignWord, classifyFailure, parse, type Classified } from './oracle.ts';

export interface Marks {
  /** Time of each mark by the id of its item, as the answer stated it. */
  readonly acknowledged: Map<string, unknown>;
  /** Ids of items that a write tried to mark: a write that failed may still have been applied. */
  readonly attempted: Set<string>;
}

/** Part of the id of every item that this tool plants. */
export const plantedInfix = '-chaos-';

/**
 * Compares a page with the writes so far. An item whose mark was acknowledged before the request must have
 * that mark with the same time; a planted item that no write tried to mark must have none. A degraded answer
 * shows an earlier state and is not compared.
 */
export function classifyMarks(
  contract: Contract,
  tenant: string,
  { acknowledged, attempted }: Marks,
  reply: Reply,
): Classified {
  const { list, member } = contract.marks;
  const foreign = foreignWord(contract, tenant, reply.body);
  if (foreign !== undefined) return { verdict: 'wrong', why: `contains ${foreign}` };
  if (reply.status !== 200) return classifyFailure(reply, true);
  const page = parse(reply.body) as Json | undefined;
  const meta = page?.['_meta'] as { readonly complete: boolean } | undefined;
  const items = page?.[list] as readonly Json[] | undefined;
  if (meta === undefined || items === undefined)
    return { verdict: 'wrong', why: `no JSON with ${list} and _meta` };
  if (!meta.complete) return { verdict: 'degraded', why: `${list} stale` };
  for (const item of items) {
    const [name, at = null] = [String(item['id']), item[member]];
    if (acknowledged.has(name) && acknowledged.get(name) !== at)
      return {
        verdict: 'wrong',
        why: `an item whose mark was acknowledged is ${at === null ? 'not marked' : 'marked at another time'}`,
      };
    if (name.includes(plantedInfix) && at !== null && !attempted.has(name))
      return { verdict: 'wrong', why: 'an item is marked although no mark was attempted' };
  }
  return { verdict: 'complete' };
}
