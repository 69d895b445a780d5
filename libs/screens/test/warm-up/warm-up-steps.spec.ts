import { expect, test } from '@jest/globals';
import type { ScreenTable } from '../../src/declaration/table.ts';
import { warmUpSteps } from '../../src/index.ts';

const table = {
  rows: [{ method: 'GET', path: '/things', entry: { kind: 'screen' } }],
} as unknown as ScreenTable;

test.each([false, true])(
  'A9 in each round of the warm-up, every content coding is requested with the cache control of the round (patches: %p)',
  async (takesPatches) => {
    const fakes = { cacheControl: '', change: () => undefined };
    const [step] = warmUpSteps(table, { prefix: '/api', clients: [{}], takesPatches, fakes });
    const rounds: string[][] = [];
    for (let round = 0; round < 4; round++) {
      const seen: string[] = [];
      await step?.run(async ({ headers }) => {
        if (headers && !('A-IM' in headers) && !('If-None-Match' in headers))
          seen.push(`${headers['Accept-Encoding']} ${fakes.cacheControl}`);
        return { status: 200, headers: { etag: '"1"' } };
      });
      rounds.push(seen);
    }
    expect(rounds).toEqual(
      ['no-store', 'no-store', 'max-age=0', 'max-age=60'].map((cacheControl) =>
        ['identity', 'zstd', 'br', 'gzip'].map((coding) => `${coding} ${cacheControl}`),
      ),
    );
  },
);
