import { randomUUID } from 'node:crypto';
import { preTenantKey, StateUnavailable, type Logger, type StateStore } from '@bff/service-kit';
import { errorsOf, parseTenantDirectory } from './parse-tenant-directory.ts';
import type { TenantDirectory } from './tenant-directory.ts';
import type { ParseOptions } from './tenant-schema.ts';

/** Key that holds the version of the directory in force. */
const inForceKey = preTenantKey('directory', 'version');
const contentKey = (publication: string) => preTenantKey('directory', 'content', publication);

/** Ten years, because every value of the state store needs a time to live. */
const keptMs = 10 * 365 * 86_400_000;
/** Time to live of a replaced directory, for replicas that are still reading it. */
const replacedMs = 60_000;

/**
 * Publishes a directory: every replica that follows the store applies it within two seconds. The content is
 * written first, under a separate key, so that no replica reads an incomplete directory. The key is unique
 * for each publication, so that expiring a replaced directory does not expire the same content published
 * again.
 * @param text the content of a directory file
 * @returns its version
 * @throws {InvalidTenantDirectory} with every error; the former directory stays in force
 * @throws {StateUnavailable}
 */
export async function publishTenantDirectory(
  store: StateStore,
  text: string,
  options?: ParseOptions,
): Promise<string> {
  const { version } = parseTenantDirectory(text, options);
  const publication = `${version}-${randomUUID()}`;
  const before = (await store.get(inForceKey))?.toString();
  await store.set(contentKey(publication), text, keptMs);
  await store.set(inForceKey, publication, keptMs);
  if (before !== undefined) await store.touch(contentKey(before), replacedMs);
  return version;
}

export interface Following {
  /**
   * Whether the store has returned a directory that could be applied, or answered that none is published.
   */
  readonly hasAnswered: boolean;
  stop(): void;
}

/**
 * Polls the store every `pollMs` milliseconds, and reads the directory when its version changed. An invalid
 * directory is logged once. If the store or the key is lost, the last directory stays in force.
 * @param putInForce parses a directory and applies it. @throws {InvalidTenantDirectory}
 */
export function followPublished(
  store: StateStore,
  log: Logger,
  pollMs: number,
  putInForce: (text: string) => TenantDirectory,
): Following {
  let hasAnswered = false;
  let known: string | undefined;
  let missed: string | undefined;
  let timer: NodeJS.Timeout;
  let stopped = false;

  async function poll(): Promise<void> {
    const publication = (await store.get(inForceKey))?.toString();
    if (publication === undefined) hasAnswered = true;
    if (publication === undefined || publication === known) return;
    const text = (await store.get(contentKey(publication)))?.toString();
    if (text === undefined) {
      if (publication !== missed)
        log.error(
          { publication },
          'published tenant directory has no content: the previous directory stays in force',
        );
      missed = publication;
      return;
    }
    known = publication;
    try {
      const { version } = putInForce(text);
      hasAnswered = true;
      log.info({ version }, 'published tenant directory in force');
    } catch (error) {
      log.error(
        { publication, ...errorsOf(error) },
        'published tenant directory is invalid: the previous directory stays in force',
      );
    }
  }

  async function pollAgain(): Promise<void> {
    try {
      await poll();
    } catch (error) {
      // The store logs its own outages.
      if (!(error instanceof StateUnavailable))
        log.error({ err: error }, 'tenant directory could not be read');
    }
    if (!stopped) timer = setTimeout(() => void pollAgain(), pollMs).unref();
  }

  void pollAgain();
  return {
    get hasAnswered() {
      return hasAnswered;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
