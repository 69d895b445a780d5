import { expect, test } from '@jest/globals';
import { run } from '../../src/upgrade/run.ts';

const printing = (text: string, code = 1) =>
  run('.', process.execPath, '-e', `console.error(${JSON.stringify(text)}); process.exitCode = ${code}`);

test.each([
  ['git', "Cloning into 'x'...\nfatal: repository 'x' does not exist\n", "repository 'x' does not exist"],
  [
    'npm',
    'npm warn old\nnpm error code ENOTFOUND\nnpm error errno -3\nnpm error network request failed\nnpm error A log is in x\n',
    'network request failed',
  ],
  [
    'nx',
    '\n NX   there is a "web" already\n\nPass --verbose to see the stacktrace.\n',
    'there is a "web" already',
  ],
  ['node', "file:///x.ts:1\nthrow new Error('no')\n^\n\nError: no disk\n    at x\n", 'no disk'],
  ['another program', '\n---\nit went wrong\nbadly\n', 'it went wrong'],
])('run reports the failure of %s in one line', (_, printed, reason) => {
  expect(() => printing(printed)).toThrow(new Error(reason));
});

test('run reports a reason when a program fails without output, and when a program is missing', () => {
  expect(() => run('.', process.execPath, '-e', 'process.exitCode = 3')).toThrow(
    `${process.execPath} ended with 3`,
  );
  expect(() => run('.', 'no-such-program')).toThrow(
    'no-such-program cannot be run: spawnSync no-such-program ENOENT',
  );
});

test('run does not pass the environment variables of nx and npm to the program', () => {
  process.env['NX_TEST_OF_RUN'] = 'x';
  const names = run(
    '.',
    process.execPath,
    '-e',
    'process.stdout.write(Object.keys(process.env).join())',
  ).split(',');
  expect(names.filter((name) => /^npm_|^NX_TEST/i.test(name))).toEqual([]);
  expect(names).toContain('PATH');
});
