import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Size of a generated product, such as a team reaches after years, to measure the compiler. */
export interface ProductSize {
  readonly services: number;
  readonly screens: number;
}

/**
 * Writes services, screens, writes and their table, with a configuration that type-checks them.
 * @param folder four levels below the root of the repository
 */
export function generateProduct(folder: string, { services, screens }: ProductSize): void {
  mkdirSync(join(folder, 'src/services'), { recursive: true });
  mkdirSync(join(folder, 'src/screens'), { recursive: true });
  for (let n = 0; n < services; n++) writeFileSync(join(folder, `src/services/part${n}.ts`), serviceText(n));
  writeFileSync(
    join(folder, 'src/services.ts'),
    lines(services, (n) => `export { part${n} } from './services/part${n}.ts';`),
  );
  for (let n = 0; n < screens; n++)
    writeFileSync(join(folder, `src/screens/screen${n}.ts`), screenText(n, services));
  writeFileSync(join(folder, 'src/screens.ts'), tableText(screens));
  writeFileSync(join(folder, 'src/main.ts'), mainText);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../../tsconfig.base.json',
      // Checks the engine as well, because its packages export their sources.
      compilerOptions: { composite: false, rootDir: '../../../..', tsBuildInfoFile: null },
      include: ['src', '../../../upstream-clients/src/**/*.d.ts'],
    }),
  );
}

const lines = (count: number, line: (n: number) => string): string =>
  `${Array.from({ length: count }, (_, n) => line(n)).join('\n')}\n`;

/** Generates eight operations, as for a service with a few tables. */
const serviceText = (
  n: number,
): string => `import { del, get, patch, post, put, service } from '@bff/upstream-clients';
import { z } from 'zod';

const detail = z.object({ code: z.string(), amount: z.number(), unit: z.enum(['kg', 'm', 'piece']), tags: z.array(z.string()) });
const thing${n} = z.object({
  id: z.string(),
  title: z.string(),
  note: z.string().nullable(),
  owner_id: z.string(),
  carrier_id: z.string().nullable(),
  size: z.number().optional(),
  made_at: z.string(),
  details: z.array(detail),
  place: z.object({ city: z.string(), lines: z.array(z.string()), point: z.object({ lat: z.number(), lon: z.number() }).nullable() }),
});
const change = z.object({ title: z.string(), note: z.string().nullable() }).partial();

export const part${n} = service('part${n}', { address: 'http://127.0.0.1:${10_000 + n}' }, {
  byId: get('/things/{id}', { response: thing${n} }),
  ofOwner: get('/owners/{userId}/things', {
    query: { limit: z.number().optional(), cursor: z.string().optional() },
    response: z.object({ items: z.array(thing${n}), next_cursor: z.string().nullable() }),
  }),
  byIds: get('/things', { query: { id: z.array(z.string()) }, response: z.object({ items: z.array(thing${n}) }) }),
  count: get('/owners/{userId}/count', { response: z.object({ count: z.number() }) }),
  create: post('/things', { body: thing${n}.omit({ id: true }), response: thing${n} }),
  replace: put('/things/{id}', { body: thing${n}, response: thing${n} }),
  change: patch('/things/{id}', { body: change, contentType: 'application/merge-patch+json', response: thing${n} }),
  remove: del('/things/{id}'),
});
`;

/**
 * Generates six sources of four services, one dependent and one per item; every fourth screen is a page with
 * a write.
 */
function screenText(n: number, services: number): string {
  const [a, b, c, d] = [n, n + 7, n + 19, n + 31].map((each) => `part${each % services}`);
  const list =
    n % 4 === 0
      ? `page(${b}.ofOwner, { as: 'things', take: ({ items }) => items, next: ({ next_cursor }) => next_cursor, required: true })`
      : `source(${b}.ofOwner, { with: { limit: 5 }, as: 'things', take: ({ items }) => items, fallback: [] })`;
  return `import { dependent, each, ${n % 4 === 0 ? 'page' : 'param'}, screen, source, write } from '@bff/screens';
import { z } from 'zod';
import { ${[...new Set([a, b, c, d])].join(', ')} } from '../services.ts';

const main = source(${a}.byId, ${n % 4 === 0 ? `{ fallback: { title: '', note: null, place: { city: '', lines: [], point: null }, details: [] } }` : `{ with: { id: param('thingId') }, required: true, members: ['title', 'note', 'place', 'details'] }`});
const list = ${list};

const answer = z.object({
  title: z.string(),
  note: z.string().nullable(),
  place: z.object({ city: z.string(), lines: z.array(z.string()) }),
  details: z.array(z.object({ code: z.string(), amount: z.number(), unit: z.string() })),
  total: z.number(),
  latest: z.object({ id: z.string(), title: z.string() }).nullable(),
  things: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      made_at: z.string(),
      carrier: z.object({ id: z.string(), title: z.string() }).nullable(),
      maker: z.string(),
    }),
  ),
});

export const screen${n} = screen('screen${n}', {
  summary: 'Screen ${n}',
  sources: {
    main,
    list,
    total: source(${c}.count, { as: 'total', take: ({ count }) => count, fallback: 0 }),
    latest: dependent(main, ${d}.byId, { with: ({ carrier_id }) => (carrier_id === null ? undefined : { id: carrier_id }), as: 'latest', fallback: null }),
    carriers: each(list, 'carrier_id', ${c}.byId, { parameter: 'id', as: 'carrier', fallback: null }),
    makers: each(list, 'owner_id', ${d}.byIds, { parameter: 'id', list: ({ items }) => items, by: 'id', as: 'maker', take: ({ title }) => title, fallback: '' }),
  },
  answer,
});

export const change${n} = write('change${n}', { summary: 'Change ${n}', call: ${a}.change, screen: 'screen${n}', root: 'things[0]', answer: z.object({ id: z.string(), title: z.string() }) });
`;
}

const tableText = (count: number): string =>
  `import { screenTable } from '@bff/screens';
${lines(count, (n) => `import { change${n}, screen${n} } from './screens/screen${n}.ts';`)}
export const screens = screenTable({
${lines(count, (n) =>
  n % 4 === 0
    ? `  'GET /screen${n}/{id}': screen${n},\n  'PATCH /screen${n}/{id}': change${n},`
    : `  'GET /screen${n}/{thingId}': screen${n},\n  'PATCH /things${n}/{id}': change${n},`,
)}});
`;

/** The code of an app that uses the generated services and screens. */
const mainText = `import { screenRouter, type Family } from '@bff/screens';
import { createUpstreamClients, type UpstreamOptions } from '@bff/upstream-clients';
import { screens } from './screens.ts';
import * as services from './services.ts';

export function start(family: Family, options: UpstreamOptions, deps: Omit<Parameters<typeof screenRouter>[2], 'callOf'>) {
  const upstreams = createUpstreamClients(services, options);
  return { router: screenRouter(screens, family, { ...deps, callOf: upstreams.callOf }), clients: upstreams.clients };
}
`;
