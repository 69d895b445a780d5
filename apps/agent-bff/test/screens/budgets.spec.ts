import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listedTools } from '@bff/agent-tools';
import { anyArguments } from '../any-arguments.ts';
import { tools } from '../../src/tools.ts';
import { allScopes, withoutLimits, startRig, type Rig } from '../rig.ts';

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, '0')}`);
const users = ['alice', 'bob', 'gina', ...numbered('acme-user-', 40), ...numbered('globex-user-', 20)];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(withoutLimits);
});
afterAll(() => rig.close());

test.each(listedTools(tools, { scopes: allScopes.split(' ') }))(
  '$name takes at most 2 KB of the tool list, which every conversation pays for',
  (tool) => {
    expect(Buffer.byteLength(JSON.stringify(tool))).toBeLessThanOrEqual(2 * 1_024);
  },
);

const reads = tools.filter(({ annotations }) => annotations.readOnlyHint);
test.each(reads)('$name declares a byte budget', ({ maxBytes }) => {
  expect(maxBytes).toEqual(expect.any(Number));
});

const budgets = reads.map(({ row, name, maxBytes = 0 }) => ({ screen: row.entry.name, name, maxBytes, row }));
test.each(budgets)(
  '$screen is within its byte budget for every seeded user',
  async ({ screen, name, maxBytes, row }) => {
    let largest = 0;
    for (const user of users) {
      const given = await anyArguments(rig, row, user);
      if (given === undefined) continue;
      const called = await rig.call(name, given, { user, scope: allScopes });
      expect({ user, texts: called.texts, isError: called.isError }).toMatchObject({ isError: false });
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(called.structured)));
    }
    expect(largest).toBeLessThanOrEqual(maxBytes);
    // A budget far above the largest result would hide its growth.
    const over =
      maxBytes > largest * 1.15
        ? [
            `${screen}: the largest is ${largest} bytes (identity), ${screen}: the largest is ${largest} bytes (gzip)`,
          ]
        : [];
    expect(over).toEqual([]);
  },
  60_000,
);
