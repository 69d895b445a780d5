import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseTutorial } from '../../src/proof/parse-tutorial.ts';

test('a page is parsed into its commands, in order', () => {
  const page = [
    'Text',
    '```sh',
    'npm ci',
    '```',
    '```json',
    '{}',
    '```',
    '```sh terminal=a until=http://x/',
    'run',
    '```',
    '<!-- Ctrl-C: a -->',
    '',
  ].join('\n');
  expect(parseTutorial(page)).toEqual([
    { kind: 'command', script: 'npm ci\n', terminal: undefined, until: undefined },
    { kind: 'command', script: 'run\n', terminal: 'a', until: 'http://x/' },
    { kind: 'interrupt', terminal: 'a' },
  ]);
});

test('docs/tutorial.md ends every program that it starts', () => {
  const steps = parseTutorial(
    readFileSync(resolve(import.meta.dirname, '../../../../docs/tutorial.md'), 'utf8'),
  );
  const running = new Set<string>();
  for (const step of steps)
    if (step.kind === 'interrupt') expect(running.delete(step.terminal)).toBe(true);
    else if (step.terminal !== undefined) running.add(step.terminal);
  expect([...running]).toEqual([]);
  expect(steps.length).toBeGreaterThan(10);
});
