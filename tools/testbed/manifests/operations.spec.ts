import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
jest.setTimeout(60_000);

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));
/** Returns the npm scripts that a text calls. */
const called = (text: string): string[] =>
  [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? '');

describe('docs/operations.md', () => {
  const runbook = read('docs/operations.md');

  test('docs/operations.md mentions only existing commands and pictures', () => {
    expect(called(runbook).filter((name) => !(name in scripts))).toEqual([]);
    const pictures = [...runbook.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file]) => file ?? '');
    expect(pictures.filter((file) => !existsSync(join(root, 'docs', file)))).toEqual([]);
  });
});

describe('.github', () => {
  interface Workflow {
    readonly permissions: unknown;
    readonly jobs: Readonly<
      Record<string, { readonly steps?: readonly Step[]; readonly 'timeout-minutes'?: number }>
    >;
  }
  interface Step {
    readonly uses?: string;
    readonly run?: string;
  }
  const folder = '.github/workflows';
  const files = readdirSync(join(root, folder));

  test.each(files)(
    'the workflow %s has minimal permissions, pinned actions and existing commands',
    (file) => {
      const { permissions, jobs }: Workflow = parse(read(join(folder, file)));
      expect(permissions).toEqual({ contents: 'read' });
      const steps = Object.values(jobs).flatMap((job) => {
        expect(job['timeout-minutes']).toBeGreaterThan(0);
        return job.steps ?? [];
      });
      expect(steps.length).toBeGreaterThan(0);
      for (const { uses, run = '' } of steps) {
        if (uses !== undefined) expect(uses).toMatch(/@(?:[0-9a-f]{40}|v\d+\.\d+\.\d+)$/);
        expect(called(run).filter((name) => !(name in scripts))).toEqual([]);
        for (const [, script] of run.matchAll(/node ((?:tools|apps)\/\S+\.ts)/g))
          expect(existsSync(join(root, script ?? ''))).toBe(true);
      }
    },
  );

  test('CODEOWNERS names only existing folders', () => {
    const paths = read('.github/CODEOWNERS')
      .split('\n')
      .filter((line) => line.startsWith('/'))
      .map((line) => line.split(/\s+/)[0] ?? '');
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
