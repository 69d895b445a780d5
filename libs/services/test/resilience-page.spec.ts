import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { servicesOf } from '@bff/upstream-clients';
import * as services from '../src/index.ts';

const page = readFileSync(new URL('../../../docs/resilience.md', import.meta.url), 'utf8');
/** The cells of every table row, without alignment. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

const operations = servicesOf(services).flatMap((each) => Object.values(each.operations));

test.each(operations)(
  'docs/resilience.md shows the breaker of $service.$name with its settings',
  (operation) => {
    const { service, name, breaker, budgetMs } = operation;
    const { consecutiveFailures, openMs, maxOpenMs } = breaker;
    expect(rows).toContainEqual([
      `\`${service}.${name}\``,
      ...[budgetMs, consecutiveFailures, openMs, maxOpenMs].map(String),
    ]);
    expect(breaker).toMatchObject({
      volumeThreshold: 20,
      errorRate: 0.5,
      windowMs: 10_000,
      probes: 3,
      successesToClose: 3,
    });
  },
);

test('docs/resilience.md shows no breaker of an operation that is not registered', () => {
  const shown = rows.flatMap(([first = '']) => /^`([a-z-]+\.\w+)`$/.exec(first)?.[1] ?? []);
  expect(shown.toSorted()).toEqual(operations.map(({ service, name }) => `${service}.${name}`).toSorted());
});
