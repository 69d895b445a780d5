import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { DeriveError } from './derive-error.ts';

export interface OperationFacts {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly budgetMs: number;
  readonly breaker: {
    readonly consecutiveFailures: number;
    readonly openMs: number;
    readonly maxOpenMs: number;
  };
}

export interface ServiceFacts {
  readonly name: string;
  /** Base URL in development. */
  readonly address: string;
  readonly operations: readonly OperationFacts[];
}

export interface SettingFacts {
  readonly env: string;
  readonly meaning: string;
  /** Default value; absent when the setting has none. */
  readonly default?: unknown;
  readonly developmentDefault?: unknown;
  readonly optional?: boolean | 'development';
}

export interface AppFacts {
  readonly name: string;
  readonly screenNames: readonly string[];
  readonly settings: readonly SettingFacts[];
  /** OpenAPI document. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Input of the derivation: the registry of services, and the tables, settings and contracts of the apps. */
export interface Facts {
  /** In alphabetical order. */
  readonly services: readonly ServiceFacts[];
  /** In alphabetical order. */
  readonly apps: readonly AppFacts[];
}

/**
 * Reads the facts in a separate process: tools must not import apps, and a fresh process loads the current
 * files.
 *
 * @throws {DeriveError} when the registry or an app cannot be loaded
 */
export function readFacts(root: string): Facts {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve(import.meta.dirname, 'print-facts.ts'), root],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new DeriveError(stderr.trim());
  return JSON.parse(stdout) as Facts;
}
