/**
 * Measures what it costs to apply a tenant's policy before an answer is cached, in microseconds for a list of
 * 25 items. Run: node libs/screens/test/bench/projection-cost.ts
 */
import { compilePolicy } from '@bff/tenancy';
import { source } from '../../src/index.ts';
import type { ScreenScope } from '../../src/sources/scope.ts';
import { compileReading } from '../../src/sources/reading.ts';
import { someThing, thing } from '../services.ts';

const policy = compilePolicy({ blocked: ['secret', 'things[*].note'] });
const scope = { visible: { policy, version: 'v1' } } as unknown as ScreenScope;
const list = source(thing.recent, { as: 'things', take: ({ items }) => items, fallback: [] });
const reading = compileReading({
  name: 'bench things',
  source: list,
  inputs: new Map(),
  taken: (value) => ({ things: (value as { items: object[] }).items }),
  visible: (part, { apply }) => apply(part as never) as never,
});
const items = Array.from({ length: 25 }, (_, index) => someThing(`t${index}`, { secret: 's', note: 'n' }));
const answer = { items, next_cursor: null };
const projection = reading.projectionFor(scope) as NonNullable<ReturnType<typeof reading.projectionFor>>;
const projected = projection.of(answer as never);
const filtered = reading.partOf(projected, scope);

const cases: Readonly<Record<string, () => unknown>> = {
  'policy at the end, each request': () => policy.apply({ things: items } as never),
  'policy before the cache, each answer of the service': () => projection.of(answer as never),
  'its text, where it only replaces failed answers': () => JSON.stringify(projected),
  'policy at the end on what is filtered, each request': () => policy.apply(filtered as never),
};
const rounds = 50_000;
for (const [name, run] of Object.entries(cases)) {
  for (let round = 0; round < rounds; round++) run();
  const best = Math.min(
    ...[1, 2, 3, 4, 5].map(() => {
      const begun = process.cpuUsage().user;
      for (let round = 0; round < rounds; round++) run();
      return (process.cpuUsage().user - begun) / rounds;
    }),
  );
  process.stdout.write(`${best.toFixed(2).padStart(8)} us  ${name}\n`);
}
