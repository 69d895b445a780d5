import { readFileSync } from 'node:fs';
import { type Logger } from '@bff/service-kit';
import { followFile } from './follow-file.ts';
import { createTenantDirectory, type TenantDirectory } from './tenant-directory.ts';
import { InvalidTenantDirectory, type TenantDirectoryConfig } from './tenant-schema.ts';

/** A directory that follows its file. */
export interface LiveTenantDirectory extends TenantDirectory {
  /** Stops following. The last directory stays in force. */
  close(): void;
}

/** A file of 10,000 tenants may have as many faults; the log line stays readable. */
const mostFaultsLogged = 20;

/**
 * Reads the directory from a JSON file and follows its changes. A changed file that cannot be used leaves the
 * directory of before in force and is logged once.
 *
 * @throws {InvalidTenantDirectory} with every fault, when the file cannot be used at the start
 */
export function loadTenantDirectory(file: string, { log }: { readonly log: Logger }): LiveTenantDirectory {
  let content = contentOf(file);
  let current = directoryOf(content);

  function reload(): void {
    const found = contentOf(file);
    if (found.text === content.text && found.fault === content.fault) return;
    content = found;
    try {
      current = directoryOf(content);
      log.info({ file, version: current.version }, 'tenant directory reloaded');
    } catch (error) {
      const all = error instanceof InvalidTenantDirectory ? error.faults : [String(error)];
      const faults = all.slice(0, mostFaultsLogged);
      const more = all.length - faults.length;
      log.error({ file, faults, more }, 'tenant file refused: the directory of before stays in force');
    }
  }

  return {
    find: (id) => current.find(id),
    get version() {
      return current.version;
    },
    close: followFile(file, reload),
  };
}

interface Content {
  readonly text?: string;
  readonly fault?: string;
}

function contentOf(file: string): Content {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { fault: `cannot be read: ${(error as Error).message}` };
  }
}

function directoryOf({ text, fault }: Content): TenantDirectory {
  if (text === undefined) throw new InvalidTenantDirectory([String(fault)]);
  let config: TenantDirectoryConfig;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new InvalidTenantDirectory([(error as Error).message.replaceAll(/\s+/g, ' ')]);
  }
  return createTenantDirectory(config);
}
