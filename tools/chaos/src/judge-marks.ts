import { type Reply } from './ask.ts';
import { type Json } from './facts.ts';
import { foreignMark, judgeFailure, parse, type Judged } from './oracle.ts';

export interface Marks {
  /** When each was read, as the answer said. */
  readonly acknowledged: Map<string, unknown>;
  /** Whatever became of them: a failure may have happened all the same. */
  readonly attempted: Set<string>;
}

interface Page {
  readonly notifications: readonly Json[];
  readonly _meta: { readonly complete: boolean };
}

/**
 * A page of notifications beside what was marked: what was acknowledged before the question is read, at that time; what
 * nobody tried to mark is not. A degraded answer holds an earlier truth, and is not looked into.
 */
export function judgeMarks(tenant: string, { acknowledged, attempted }: Marks, reply: Reply): Judged {
  const foreign = foreignMark(tenant, reply.body);
  if (foreign !== undefined) return { verdict: 'wrong', why: `holds ${foreign}` };
  if (reply.status !== 200) return judgeFailure(reply, true);
  const page = parse(reply.body) as Partial<Page> | undefined;
  if (page?._meta === undefined || page.notifications === undefined)
    return { verdict: 'wrong', why: 'no JSON with notifications and _meta' };
  if (!page._meta.complete) return { verdict: 'degraded', why: 'notifications stale' };
  for (const { id, read_at: at = null } of page.notifications) {
    const name = String(id);
    if (acknowledged.has(name) && acknowledged.get(name) !== at)
      return { verdict: 'wrong', why: `a notification that was marked as read is ${at === null ? 'unread' : 'read at another time'}` }; // prettier-ignore
    if (name.includes('-chaos-') && at !== null && !attempted.has(name))
      return { verdict: 'wrong', why: 'a notification is read that nobody marked' };
  }
  return { verdict: 'complete' };
}
