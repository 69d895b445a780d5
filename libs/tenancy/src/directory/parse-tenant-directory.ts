import { createTenantDirectory, type DirectoryOptions, type TenantDirectory } from './tenant-directory.ts';
import { InvalidTenantDirectory, type TenantDirectoryConfig } from './tenant-schema.ts';

/**
 * A directory from its JSON text.
 *
 * @throws {InvalidTenantDirectory} with every fault
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

/** A directory of 10,000 tenants may have as many faults; the log line stays readable. */
const mostFaultsLogged = 20;

/** What a log line says of a directory that cannot be used. */
export function faultsOf(error: unknown): { readonly faults: readonly string[]; readonly more: number } {
  const all = error instanceof InvalidTenantDirectory ? error.faults : [String(error)];
  const faults = all.slice(0, mostFaultsLogged);
  return { faults, more: all.length - faults.length };
}
