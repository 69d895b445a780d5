import { currentTag, requireMatch, type Sender } from '@bff/shaping';
import type { Request } from 'express';
import type { ScreenAnswer, WriteFamily } from './family.ts';

/**
 * Handles preconditions for families whose entity tags are hashes: compares `If-Match` with the answer that a
 * GET of the same URL would get now, and forwards the upstream's own entity tag, so that concurrent changes
 * cause no lost update. For an upstream without entity tags this comparison is the only check (F06).
 * @param named returns an answer with the entity tag that a GET of the same resource would return
 */
export const validatorMatch = (
  sender: Sender,
  named: (request: Request, answer: ScreenAnswer) => ScreenAnswer | Promise<ScreenAnswer> = (_, answer) =>
    answer,
): Pick<WriteFamily, 'matchOf' | 'tagOf'> => ({
  async matchOf(request, ifMatch, current) {
    const { answer, etag } = await current();
    await requireMatch(sender, await named(request, answer), ifMatch);
    return etag;
  },
  tagOf: async (request, answer) => currentTag(sender, await named(request, answer)),
});
