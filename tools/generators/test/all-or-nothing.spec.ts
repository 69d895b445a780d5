import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

/** Five times the duration on two idle cores. */
jest.setTimeout(600_000);

const openapi = resolve(import.meta.dirname, 'data/parcel.yaml');
let copy: WorkspaceCopy;
beforeAll(() => {
  copy = copyWorkspace();
});
afterAll(() => copy?.remove());
beforeEach(() => expect(copy.changed()).toEqual([]));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the generator of a service on the command line. `watch` is called with the output so far. */
async function generate(
  name: string,
  watch: (output: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['node_modules/.bin/nx', 'g', '@bff/tools:service', name, `--openapi=${openapi}`],
    {
      cwd: copy.folder,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      watch(output, child);
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
const nothingWasWritten = ({ code, output }: Ended) => {
  expect(copy.changed()).toEqual([]);
  expect(code).not.toBe(0);
  expect(output).not.toMatch(/^ +at /m);
};
/** Changes and commits a file of the copy; the returned function undoes that. */
function withChanged(file: string, change: (text: string) => string): () => void {
  const path = join(copy.folder, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, change(before));
  copy.commit();
  return () => {
    writeFileSync(path, before);
    copy.commit();
  };
}

test('when derive fails, nothing is written and one line gives the reason', async () => {
  const undo = withChanged('docker/compose.yaml', (text) => text.replace('# end of services', '#'));
  const ended = await generate('specimen');
  expect(ended.output).toMatch(
    /NX +nothing was changed: docker\/compose\.yaml: the marker "# end of services" is missing$/m,
  );
  nothingWasWritten(ended);
  undo();
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'when %s arrives while derive runs, nothing is written',
  async (signal) => {
    let isSent = false;
    const ended = await generate('specimen', (output, child) => {
      if (isSent || !output.includes('UPDATE libs/services')) return;
      isSent = true;
      child.kill(signal);
    });
    expect(isSent).toBe(true);
    nothingWasWritten(ended);
  },
);

test('while a generator runs, a second one is rejected without affecting the first', async () => {
  let second: Promise<Ended> | undefined;
  const lock = join(copy.folder, 'node_modules/.generators.lock');
  const first = await generate('specimen', (output) => {
    if (output.includes('operations are described'))
      second ??= (expect(existsSync(lock)).toBe(true), generate('exhibit'));
  });
  expect((await second)?.output).toMatch(
    /another generator is running \(process \d+\); try again when it has ended|there are changes that are not committed/,
  );
  expect((await second)?.code).toBe(1);
  expect(first.code).toBe(0);
  expect(existsSync(lock)).toBe(false);
  expect(copy.changed()).toContain('libs/services/src/specimen.ts');
  expect(copy.changed()).not.toContain('libs/services/src/exhibit.ts');
  copy.reset();
});

test('when derive cannot write a file, the files that it wrote are restored', async () => {
  const folder = 'docs/reference';
  rmSync(join(copy.folder, folder), { recursive: true });
  writeFileSync(join(copy.folder, folder), '');
  copy.commit();
  const ended = await generate('specimen');
  expect(ended.output).toContain(`nothing was changed: ${folder}/README.md cannot be written: `);
  nothingWasWritten(ended);
});

test('when nx cannot write a file, the files that it wrote are restored', () => {
  const index = 'libs/services/src/index.ts';
  const script = `
    import { writeFileSync } from 'node:fs';
    const { deriveAfter } = await import('./tools/generators/src/workspace/derive.ts');
    deriveAfter({ root: process.cwd(), listChanges: () => [{ path: '${index}' }, { path: 'libs/new/src/a.ts' }, { path: 'libs/new/b.ts' }] });
    writeFileSync('${index}', 'half');
    process.exit(1);`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: copy.folder,
  });
  expect(status).toBe(1);
  expect(copy.changed()).toEqual([]);
});
