import { homedir } from 'node:os';
import { join } from 'node:path';

/** Returns the path of a folder in the cache of this user (XDG Base Directory Specification). Does not create it. */
export const cacheFolder = (name: string): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'bff', name);
