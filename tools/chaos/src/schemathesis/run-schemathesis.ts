import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BffName } from '@bff/demo-world';
import { spawnCommand } from '@bff/testbed';
import { product } from '../product.ts';

export interface SchemathesisRun {
  readonly st: string;
  readonly folder: string;
  readonly bff: BffName;
  readonly url: string;
  readonly credentialsUrl: string;
  readonly examples: string;
  readonly seed: string;
}

export interface SchemathesisResult {
  /** Whether schemathesis found nothing except findings that the hooks drop. */
  readonly isClean: boolean;
  /** Report as schemathesis printed it. */
  readonly output: string;
  readonly cases: number;
  /** Number of answers by class, such as `2xx`. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Number of dropped findings by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

const root = resolve(import.meta.dirname, '../../../..');

/** Values that reach more code than random ones, by the name of the parameter. */
const values: Readonly<Record<string, readonly string[]>> = {
  'X-Tenant-ID': [product.tenants[0].id],
  'If-Match': ['*'],
  ...product.fuzz.values,
};

/**
 * Configuration of schemathesis. Adds expected statuses to its checks: 412, because a failed precondition
 * neither means that the request is invalid nor is an error (RFC 9110, section 13.1), and the statuses of
 * messages that are too large.
 */
const configuration = [
  '[checks.positive_data_acceptance]',
  'expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "429", "5xx"]',
  // A request without a required precondition is answered with 428 (RFC 6585, section 3).
  '[checks.missing_required_header]',
  'expected-statuses = ["400", "401", "403", "406", "415", "422", "428"]',
  '[checks.negative_data_rejection]',
  'expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "414", "415", "422", "428", "429", "431", "5xx"]',
  ...Object.entries(values).map(
    ([name, each]) => `[dictionaries.${JSON.stringify(name)}]\nvalues = ${JSON.stringify(each)}`,
  ),
  '[parameters]',
  ...Object.keys(values).map(
    (name) => `${JSON.stringify(name)} = { dictionary = ${JSON.stringify(name)}, probability = 0.5 }`,
  ),
].join('\n');

/** Tests a running BFF against its committed OpenAPI document with every check and phase of schemathesis. */
export async function runSchemathesis(run: SchemathesisRun): Promise<SchemathesisResult> {
  const folder = join(run.folder, run.bff);
  mkdirSync(folder);
  const [toml, droppedFile, report] = ['schemathesis.toml', 'dropped', 'report.ndjson'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(toml, configuration);
  const options = [
    ...['--config-file', toml, 'run', join(root, 'apps', run.bff, 'openapi.json'), '--url', run.url],
    ...['--checks', 'all', '--phases', 'examples,coverage,fuzzing,stateful', '--continue-on-failure'],
    ...['--max-examples', run.examples, '--seed', run.seed, '--workers', '1', '--max-redirects', '0'],
    ...['--generation-database', 'none', '--report', 'ndjson', '--report-ndjson-path', report, '--no-color'],
  ];
  // Runs in the temporary folder, because schemathesis writes a cache into its working directory.
  const child = spawnCommand('sh', ['-c', 'cd "$0" && exec "$@"', folder, run.st, ...options], {
    env: {
      ...process.env,
      SCHEMATHESIS_HOOKS: 'hooks',
      PYTHONPATH: import.meta.dirname,
      PYTHONDONTWRITEBYTECODE: '1',
      CREDENTIALS_URL: run.credentialsUrl,
      DROPPED_FILE: droppedFile,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  const dropped = existsSync(droppedFile) ? readFileSync(droppedFile, 'utf8').trim().split('\n') : [];
  return {
    isClean: code === 0,
    output,
    cases: Number(/(\d+) generated/.exec(output)?.[1] ?? 0),
    statuses: countBy(statusesIn(report).map((status) => `${String(status)[0]}xx`)),
    dropped: countBy(dropped),
  };
}

/**
 * Returns the status of every answer in a report, which has one event per line with the interactions of its
 * scenario.
 */
function statusesIn(report: string): number[] {
  interface Event {
    readonly ScenarioFinished?: {
      readonly recorder: {
        readonly interactions: Readonly<
          Record<string, { readonly response?: { readonly status_code: number } }>
        >;
      };
    };
  }
  if (!existsSync(report)) return [];
  const events = readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  return events.flatMap(({ ScenarioFinished: scenario }) =>
    Object.values(scenario?.recorder.interactions ?? {}).flatMap(({ response }) =>
      response ? [response.status_code] : [],
    ),
  );
}

const countBy = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]).sort(),
  );
