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
const maxErrorsLogged = 20;

/** Returns the errors of an invalid directory for a log line. */
export function errorsOf(error: unknown): { readonly errors: readonly string[]; readonly more: number } {
  const all = error instanceof InvalidTenantDirectory ? error.errors : [String(error)];
  const errors = all.slice(0, maxErrorsLogged);
  return { errors, more: all.length - errors.length };
}
