import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createLogger, openStore, type Logger, type StateStore, type StoreSettings } from '@bff/service-kit';
import { createSessionStore, type SessionStoreOptions } from '../session/session-store.ts';
import { createEndMarks } from './end-marks.ts';
import { createSessionOperations, type SessionAction } from './session-operations.ts';
import { createTokenMarks } from './token-marks.ts';

export interface SessionsCommandOptions extends StoreSettings {
  /** Name of the app. */
  readonly name: string;
  readonly issuer: string;
  /**
   * Kind and lifetimes of the sessions; undefined for an app that keeps no sessions and only ends access
   * tokens.
   */
  readonly sessions?: Pick<SessionStoreOptions, 'kind' | 'idleMs' | 'absoluteMs'>;
}

const actions = ['count', 'list', 'end'] as const satisfies readonly SessionAction[];
const connectMs = 5_000;

/**
 * Creates the options `--count-sessions`, `--list-sessions` and `--end-sessions` of an app: the operations of
 * the management port, run directly on the store. They print the answer as JSON, and the audit line.
 * @param settings reads the settings
 */
export const sessionCommands = (
  settings: () => SessionsCommandOptions,
): Readonly<Record<string, () => Promise<number>>> =>
  Object.fromEntries(actions.map((action) => [`--${action}-sessions`, () => runAction(action, settings())]));

async function runAction(action: SessionAction, options: SessionsCommandOptions): Promise<number> {
  const { name, redisUrl } = options;
  const body = bodyFrom(action);
  if (typeof body === 'string') return fail(body);
  if (redisUrl === undefined)
    return fail('REDIS_URL is not set: sessions are in the memory of a process; use its management port');
  const log = createLogger(name, 'error');
  const store = openStore(options, { log, tracing: undefined });
  try {
    await connected(store);
    const { endings, marks } = endingsAt(store, options, log);
    await marks.ready();
    const operations = createSessionOperations({ endings, issuer: options.issuer, log });
    const [status, answer] = await operations[action](body);
    marks.close();
    if (status !== 200) return fail(JSON.stringify(answer));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

function endingsAt(store: StateStore, { sessions }: SessionsCommandOptions, log: Logger) {
  if (!sessions) {
    const marks = createTokenMarks(store, log);
    return { endings: marks, marks };
  }
  const marks = createEndMarks({ store, area: sessions.kind, ttlMs: sessions.absoluteMs, log });
  return { endings: createSessionStore({ ...sessions, store, marks }), marks };
}

/** Returns the body of the equivalent request to the management port, or the error in the options as text. */
function bodyFrom(action: SessionAction): Readonly<Record<string, unknown>> | string {
  try {
    const { limit, ...rest } = optionsOf(action);
    const body = Object.entries(rest).filter(([name]) => name !== `${action}-sessions`);
    return { ...Object.fromEntries(body), ...(limit !== undefined && { limit: Number(limit) }) };
  } catch (error) {
    return (error as Error).message;
  }
}

/** Parses the command line of an action. @throws {TypeError} with the name of an unknown option */
const optionsOf = (action: SessionAction) =>
  parseArgs({
    options: {
      [`${action}-sessions`]: { type: 'boolean' },
      by: { type: 'string' },
      why: { type: 'string' },
      subject: { type: 'string' },
      tenant: { type: 'string' },
      client: { type: 'string' },
      everybody: { type: 'boolean' },
      before: { type: 'string' },
      limit: { type: 'string' },
    },
  }).values;

async function connected(store: StateStore): Promise<void> {
  const giveUpAt = performance.now() + connectMs;
  for (;;) {
    try {
      return await store.ping();
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await setTimeout(50);
    }
  }
}

function fail(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 1;
}
