import { currentTag, requireMatch, type Sender } from '@bff/shaping';
import type { Request } from 'express';
import type { ScreenAnswer, WriteFamily } from './family.ts';

/**
 * Preconditions for families whose entity tags are hashes: `If-Match` is held against the answer that a GET of the same
 * address would get now, and the upstream's own entity tag goes on to it, so that what somebody else writes in between
 * loses nobody an update. An upstream without entity tags cannot tell; the comparison here is then all there is (F06).
 *
 * @param named the answer under the tag that a read would carry
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
