import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { screen, screenTable, type ScreenAnswer } from '../../src/index.ts';
import { services, someThing, thingAnswer } from '../services.ts';
import { owned, recentThings } from '../thing-screens.ts';
import { json } from '../upstream.ts';
import { somebody, startWorld, type World } from '../world.ts';

const listed = screen('listed', {
  summary: 'Things',
  sources: {
    things: recentThings,
  },
  answer: z.object({ things: z.array(thingAnswer), next_cursor: z.string().nullable() }),
});

let world: World;
beforeAll(async () => {
  world = await startWorld({
    services,
    table: screenTable({ 'GET /owned/{id}': owned, 'GET /listed': listed }),
    tenants: {
      blocks: { fields: { blocked: ['secret'] } },
      allows: { fields: { allowed: ['thing.title', 'owner'] } },
    },
  });
  const headers = { 'Cache-Control': 'max-age=60' };
  world.upstream.on('GET /things/*', ({ params: [id = ''] }) =>
    json(
      someThing(id, { secret: 'hidden', owner_id: id === 'ownerless' ? null : 'o1' }),
      id === 'uncached' ? {} : headers,
    ),
  );
  world.upstream.on('GET /people/*', ({ params: [id = ''] }) => json({ id, name: `Owner ${id}` }, headers));
  world.upstream.on('GET /owners/*/things', () =>
    json({ items: [someThing('a')], next_cursor: 'more' }, headers),
  );
});
afterAll(() => world.close());

/** Returns the answers of three requests by one user. */
async function threeAnswers(path: string, tenant: string): Promise<readonly ScreenAnswer[]> {
  const user = somebody();
  for (let time = 0; time < 3; time++) await world.get(path, { user, tenant }).expect(200);
  return world.answers.slice(-3);
}

describe('an answer from the response cache', () => {
  test.each([
    ['with a policy', 'blocks'],
    ['without a policy', 't1'],
  ])(
    'for a tenant %s, the members of an answer from the response cache are the same objects each time',
    async (_which, tenant) => {
      const answers = await threeAnswers('/owned/t7', tenant);
      expect(answers.map(({ isFromCache }) => isFromCache)).toEqual([false, true, true]);
      const [, second, third] = answers;
      expect(third?.view['thing']).toBe(second?.view['thing']);
      expect(third?.view['owner']).toBe(second?.view['owner']);
    },
  );

  test.each([
    ['that the upstream did not permit to cache', '/owned/uncached', 'blocks'],
    ['with a selection', '/owned/t7?fields=thing.id', 'blocks'],
    ['with a source that was not called', '/owned/ownerless', 'blocks'],
    ['filtered by an allowlist', '/owned/t7', 'allows'],
    ['with a cursor, which is different each time,', '/listed', 'blocks'],
  ])('an answer %s does not count as one from the response cache', async (_what, path, tenant) => {
    const answers = await threeAnswers(path, tenant);
    expect(answers.map(({ isFromCache }) => isFromCache)).toEqual([false, false, false]);
  });
});
