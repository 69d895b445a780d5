import { spawnSync } from 'node:child_process';

/** Environment of child processes: omits the variables of the nx or npm run that started this process. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:nx|npm)_/i.test(name))),
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  // Without it, nx migrate would run the latest nx of the registry.
  NX_USE_LOCAL: 'true',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs a program and returns its output. @throws {Error} with the line that gives the reason of a failure */
export function run(cwd: string, command: string, ...args: readonly string[]): string {
  return runWith(cwd, undefined, command, ...args);
}

export function runWith(
  cwd: string,
  input: Buffer | undefined,
  command: string,
  ...args: readonly string[]
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw new Error(`${command} cannot be run: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(reasonOf(`${stderr}\n${stdout}`) ?? `${command} ended with ${status}`);
  return stdout;
}

const prefix = /^(?:(?:fatal|error|Error|npm (?:error|ERR!)|NX)(?::| {1,3}) ?)+/;
const noise =
  /^(?:warning:|hint:|\(node:|npm warn|npm (?:error|ERR!) (?:code|errno|syscall|path) |NX {2}Generating)/i;

/** Returns the first error line of git, npm, nx or node without its prefix; otherwise the first line. */
function reasonOf(output: string): string | undefined {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[a-z]/i.test(line) && !noise.test(line));
  return (lines.find((line) => prefix.test(line)) ?? lines[0])?.replace(prefix, '').trim();
}
