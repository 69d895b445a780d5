import { createTenantDirectory, type DirectoryOptions, type TenantDirectory } from './tenant-directory.ts';
import { InvalidTenantDirectory, type TenantDirectoryConfig } from './tenant-schema.ts';

/**
 * Parses the JSON text of a directory.
 * @throws {InvalidTenantDirectory} with every error
 */
export function parseTenantDirectory(text: string, options?: DirectoryOptions): TenantDirectory {
  let config: TenantDirectoryConfig;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new InvalidTenantDirectory([(error as Error).message.replaceAll(/\s+/g, ' ')]);
  }
  return createTenantDirectory(config, options);
}

/** Bounds the log line: a directory of 10,000 tenants may have as many errors. */
const maxFaultsLogged = 20;

/** Returns the errors of an invalid directory for a log line. */
export function faultsOf(error: unknown): { readonly faults: readonly string[]; readonly more: number } {
  const all = error instanceof InvalidTenantDirectory ? error.faults : [String(error)];
  const faults = all.slice(0, maxFaultsLogged);
  return { faults, more: all.length - faults.length };
}
