import { randomUUID } from 'node:crypto';
import { preTenantKey, StateUnavailable, type Logger, type StateStore } from '@bff/service-kit';
import { faultsOf, parseTenantDirectory } from './parse-tenant-directory.ts';
import type { TenantDirectory } from './tenant-directory.ts';
import type { ParseOptions } from './tenant-schema.ts';

/** Names the publication in force. */
const inForceKey = preTenantKey('directory', 'version');
const contentKey = (publication: string) => preTenantKey('directory', 'content', publication);

/** The state store knows no "for ever". Ten years. */
const keptMs = 10 * 365 * 86_400_000;
/** For replicas that are just reading the directory of before. */
const replacedMs = 60_000;

/**
 * Puts a directory in force on every replica that follows the store, within two seconds. The content goes first, under
 * a name of its own: nobody ever reads half of one, and whoever shortens the life of what he replaced can never meet the
 * same directory published again meanwhile.
 *
 * @param text the content of a directory file
 * @returns its version
 * @throws {InvalidTenantDirectory} with every fault; the directory of before stays in force
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
  /** Whether the store has told at least once that none is published, or one that could be put in force. */
  readonly heard: boolean;
  stop(): void;
}

/**
 * Asks the store every `pollMs` milliseconds for the publication in force, and for the directory when it is another one. What cannot be
 * used is logged once. Neither a lost store nor a lost key ends anything: what was found last stays in force.
 *
 * @param putInForce parses a directory and applies it. @throws {InvalidTenantDirectory}
 */
export function followPublished(
  store: StateStore,
  log: Logger,
  pollMs: number,
  putInForce: (text: string) => TenantDirectory,
): Following {
  let heard = false;
  let known: string | undefined;
  let missed: string | undefined;
  let timer: NodeJS.Timeout;
  let stopped = false;

  async function look(): Promise<void> {
    const publication = (await store.get(inForceKey))?.toString();
    if (publication === undefined) heard = true;
    if (publication === undefined || publication === known) return;
    const text = (await store.get(contentKey(publication)))?.toString();
    if (text === undefined) {
      if (publication !== missed)
        log.error(
          { publication },
          'published tenant directory has no content: the one of before stays in force',
        );
      missed = publication;
      return;
    }
    known = publication;
    try {
      const { version } = putInForce(text);
      heard = true;
      log.info({ version }, 'published tenant directory in force');
    } catch (error) {
      log.error(
        { publication, ...faultsOf(error) },
        'published tenant directory refused: the one of before stays in force',
      );
    }
  }

  async function lookAgain(): Promise<void> {
    try {
      await look();
    } catch (error) {
      // The store tells of its loss itself.
      if (!(error instanceof StateUnavailable)) log.error({ err: error }, 'tenant directory not read');
    }
    if (!stopped) timer = setTimeout(() => void lookAgain(), pollMs).unref();
  }

  void lookAgain();
  return {
    get heard() {
      return heard;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
