import { readFileSync } from 'node:fs';
import { StateUnavailable, type Logger, type StateStore } from '@bff/service-kit';
import { followFile } from './follow-file.ts';
import { errorsOf, parseTenantDirectory } from './parse-tenant-directory.ts';
import { followPublished } from './published-directory.ts';
import type { DirectoryOptions, TenantDirectory } from './tenant-directory.ts';
import { InvalidTenantDirectory, type ParseOptions } from './tenant-schema.ts';

/** A directory that follows changes of its source. */
export interface LiveTenantDirectory extends TenantDirectory {
  /**
   * Readiness check.
   * @throws {StateUnavailable} until the store has answered. Also while the directory in the store is invalid
   * and this process has applied no earlier one: the file could show fields that the published directory
   * hides
   */
  ready(): Promise<void>;
  /** Stops following. The last directory stays in force. */
  close(): void;
}

export interface LoadOptions extends ParseOptions {
  readonly log: Logger;
  /**
   * Store that is followed too: a directory published there replaces the directory of the file. default: only
   * the file is followed
   */
  readonly store?: StateStore;
  /**
   * Interval of polling the store in milliseconds. default 1000, half of the time within which a published
   * change takes effect
   */
  readonly pollMs?: number;
  /** Returns milliseconds since 1970, for `inForceSince` of the tenants. default `Date.now` */
  readonly now?: () => number;
}

/**
 * Reads the directory from a JSON file and follows its changes. If a changed file is invalid, the former
 * directory stays in force and the errors are logged once.
 * @throws {InvalidTenantDirectory} with every error, if the file is invalid at the start
 */
export function loadTenantDirectory(
  file: string,
  { log, store, pollMs = 1_000, now = Date.now, screenNames }: LoadOptions,
): LiveTenantDirectory {
  let content = contentOf(file);
  let ofFile = directoryOf(content, { screenNames, at: now() });
  let published: TenantDirectory | undefined;
  const current = (): TenantDirectory => published ?? ofFile;
  const replacement = (): DirectoryOptions => ({ screenNames, replaced: current(), at: now() });

  function reload(): void {
    const found = contentOf(file);
    if (found.text === content.text && found.error === content.error) return;
    content = found;
    try {
      ofFile = directoryOf(content, replacement());
      log.info({ file, version: ofFile.version }, 'tenant directory reloaded');
    } catch (error) {
      log.error(
        { file, ...errorsOf(error) },
        'tenant file is invalid: the previous directory stays in force',
      );
    }
  }

  const stopFile = followFile(file, reload);
  const putInForce = (text: string) => (published = parseTenantDirectory(text, replacement()));
  const following = store && followPublished(store, log, pollMs, putInForce);
  return {
    find: (id) => current().find(id),
    get version() {
      return current().version;
    },
    async ready() {
      if (following?.hasAnswered === false)
        throw new StateUnavailable('the published tenant directory was never read');
    },
    close() {
      stopFile();
      following?.stop();
    },
  };
}

interface Content {
  readonly text?: string;
  readonly error?: string;
}

function contentOf(file: string): Content {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { error: `cannot be read: ${(error as Error).message}` };
  }
}

function directoryOf({ text, error }: Content, options: DirectoryOptions): TenantDirectory {
  if (text === undefined) throw new InvalidTenantDirectory([String(error)]);
  return parseTenantDirectory(text, options);
}
