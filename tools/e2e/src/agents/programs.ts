import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';

const run = promisify(execFile);

interface Scenario {
  readonly name: string;
  /** Ids of checks of features that this server does not have. They may fail; all other checks must pass. */
  readonly without?: readonly string[];
}
interface Suite {
  readonly version: string;
  readonly revision: string;
  readonly scenarios: readonly Scenario[];
}

/**
 * The scenarios of the conformance suite that apply to a server that has only tools and no sessions. The
 * other scenarios call tools, prompts and resources of the suite's test server by name. The scenarios of
 * revision 2026-07-28 are in a prerelease of the suite.
 */
export const suites: readonly Suite[] = [
  {
    version: '0.1.16',
    revision: '2025-11-25',
    scenarios: [
      { name: 'server-initialize' },
      { name: 'ping' },
      { name: 'tools-list' },
      { name: 'dns-rebinding-protection' },
    ],
  },
  {
    version: '0.2.0-alpha.12',
    revision: '2026-07-28',
    scenarios: [
      {
        name: 'server-stateless',
        without: [
          'sep-2575-server-rejects-undeclared-capability',
          'sep-2575-missing-capability-http-400',
          'sep-2575-http-server-no-independent-requests-on-stream',
          'sep-2575-server-no-log-without-loglevel',
          'sep-2575-server-sends-subscription-ack',
          'sep-2575-server-tags-subscription-id',
        ],
      },
      { name: 'tools-list' },
      { name: 'dns-rebinding-protection' },
      { name: 'http-header-validation' },
      {
        name: 'caching',
        without: [
          'sep-2549-prompts-list-caching-hints',
          'sep-2549-resources-list-caching-hints',
          'sep-2549-resources-templates-list-caching-hints',
        ],
      },
    ],
  },
];

/**
 * Runs an npm package unmodified in a new folder, and returns its output. @throws {Error} with the output
 * when it fails
 */
async function npx(packageName: string, ...args: readonly string[]): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'agents-'));
  try {
    const { stdout, stderr } = await run('npx', ['--yes', packageName, ...args], { cwd, maxBuffer: 2 ** 26 });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(stdout + stderr, { cause: error });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/**
 * Runs a scenario.
 *
 * @returns the number of checks that passed
 * @throws {Error} with the suite's output when a check fails that applies to this server
 */
export async function conformance(
  { version, revision }: Suite,
  { name, without = [] }: Scenario,
  url: string,
): Promise<number> {
  const args = ['server', '--url', url, '--scenario', name, '--spec-version', revision];
  const printed = await npx(`@modelcontextprotocol/conformance@${version}`, ...args).catch(
    (error: Error) => error.message,
  );
  const verdicts = [...stripVTControlCharacters(printed).matchAll(/\[([\w-]+) *\] (SUCCESS|FAILURE)/g)];
  const failed = verdicts.filter(([, id = '', verdict]) => verdict === 'FAILURE' && !without.includes(id));
  const passed = verdicts.filter(([, , verdict]) => verdict === 'SUCCESS').length;
  if (failed.length > 0 || passed === 0) throw new Error(printed);
  return passed;
}

/** Returns the output of the inspector's command line. */
export const inspector = (url: string, token: string, ...args: readonly string[]): Promise<string> =>
  npx(
    '@modelcontextprotocol/inspector@2.12.0',
    '--cli',
    url,
    '--transport',
    'http',
    '--header',
    `Authorization: Bearer ${token}`,
    ...args,
  );
