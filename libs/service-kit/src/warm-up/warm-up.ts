import type { RequestListener, Server } from 'node:http';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { createHttpServer } from '../http/http-server.ts';
import { createInMemoryClient, type InMemoryClient } from './in-memory.ts';

/** Requests that are run and timed together, such as those of one screen. */
export interface WarmUpStep {
  readonly name: string;
  /** Sends the requests. @throws {Error} when a response is not as expected */
  run(send: InMemoryClient['send']): Promise<void>;
}

export interface Rehearsal {
  /** The Express app that the listener calls. */
  readonly app: object;
  readonly listener: RequestListener;
  readonly steps: readonly WarmUpStep[];
  close(): Promise<void>;
}

export interface WarmUpOptions {
  readonly log: Logger;
  /**
   * The Express app that will serve. The rehearsals get its prototypes of requests and responses, because V8
   * optimizes code for objects with one prototype. default: that of the first rehearsal
   */
  readonly app?: object;
  /**
   * Maximum CPU time in milliseconds. On shared cores the warm-up may take up to five times as much wall
   * time. 0: no warm-up
   */
  readonly limitMs: number;
  /** Maximum time of one step, in milliseconds. default 2000 */
  readonly stepMs?: number;
  /**
   * Creates the steps and the listener: the code that serves real requests, with dependencies in memory.
   * Called twice, because code that V8 optimized for the closures of one rehearsal would be discarded when
   * those of the service call it.
   */
  readonly prepare: () => Promise<Rehearsal> | Rehearsal;
}

/**
 * Maximum wall time as a multiple of CPU time: a pod with a fifth of a core needs the same CPU time as one
 * with a full core.
 */
const maxStretch = 5;
/** Number of rounds that are compared with the same number of rounds before them. */
const window = 5;
/** Warm-up ends when a window takes at least this share of the time of the one before. */
const levelShare = 0.95;

/** Number of rehearsals, which run in turn. */
const rehearsalCount = 2;

/**
 * Runs requests in this process until they get no faster, so that the first users do not wait for lazy
 * parsing and unoptimized code. Fails open: a step that throws or takes too long is logged and skipped.
 */
export async function warmUp({ log, app, limitMs, stepMs = 2_000, prepare }: WarmUpOptions): Promise<void> {
  if (limitMs === 0) return;
  const startedAt = performance.now();
  const cpu = process.threadCpuUsage();
  const leftMs = (): number => limitMs * maxStretch - (performance.now() - startedAt);
  const hasTime = (): boolean => {
    const { user, system } = process.threadCpuUsage(cpu);
    return leftMs() > 0 && (user + system) / 1_000 < limitMs;
  };
  const rehearsals: Rehearsal[] = [];
  const prepareAll = async (): Promise<void> => {
    while (rehearsals.length < rehearsalCount) rehearsals.push(await prepare());
  };
  try {
    await inTime(prepareAll(), limitMs * maxStretch);
    sharePrototypes([...(app ? [app] : []), ...rehearsals.map((each) => each.app)]);
    const stages = rehearsals.map((rehearsal) => new Stage(rehearsal));
    /** Names of the remaining steps, which are the same in all rehearsals. */
    const names = new Set(rehearsals[0]?.steps.map(({ name }) => name));
    const rounds: number[] = [];
    while (names.size > 0 && hasTime() && !isLevel(rounds)) {
      const stage = stages[rounds.length % stages.length] as Stage;
      const roundAt = performance.now();
      for (const step of stage.steps) {
        if (!names.has(step.name)) continue;
        if (!hasTime()) break;
        const ms = Math.min(stepMs, leftMs());
        try {
          await inTime(step.run(stage.client.send), ms);
        } catch (err) {
          // Not logged if the time of the complete warm-up ran out: the step did not cause that.
          if (!(err instanceof OutOfTime) || ms === stepMs)
            log.warn({ err, step: step.name }, 'warm-up: step skipped');
          names.delete(step.name);
          stage.reconnect();
        }
      }
      rounds.push(performance.now() - roundAt);
    }
    for (const stage of stages) stage.close();
    const tookMs = Math.round(performance.now() - startedAt);
    const [first = 0, last = 0] = [rounds[0], rounds.at(-1)].map((ms) => ms && Math.round(ms));
    log.info({ took_ms: tookMs, rounds: rounds.length, first_ms: first, last_ms: last }, 'warm-up done');
  } catch (err) {
    log.warn({ err }, 'warm-up failed: starting without it');
  }
  for (const rehearsal of rehearsals)
    rehearsal.close().catch((err: unknown) => log.warn({ err }, 'warm-up: closing failed'));
}

/** Gives all apps the prototypes of the first one. */
function sharePrototypes([first, ...others]: readonly object[]): void {
  const { request, response } = (first ?? {}) as { readonly request?: object; readonly response?: object };
  for (const app of others) Object.assign(app, { request, response });
}

/** A server and a client for the steps of one rehearsal. */
class Stage {
  readonly steps: readonly WarmUpStep[];
  client: InMemoryClient;
  readonly #server: Server;

  constructor({ app, listener, steps }: Rehearsal) {
    this.steps = steps;
    this.#server = createHttpServer(listener, { app });
    this.client = createInMemoryClient(this.#server);
  }

  /** Replaces the connection, which may wait for a response that never comes. */
  reconnect(): void {
    this.client.close();
    this.client = createInMemoryClient(this.#server);
  }

  close(): void {
    this.client.close();
    this.#server.close();
  }
}

/** Command-line option that warms up and exits: the image build uses it to store V8's compile cache. */
export const warmUpOption = '--warm-up';
const commandLimitMs = 10_000;

/** Runs the warm-up command. @returns the exit code */
export async function warmUpCommand(name: string, prepare: WarmUpOptions['prepare']): Promise<number> {
  await warmUp({ log: createLogger(name, 'info'), limitMs: commandLimitMs, prepare });
  return 0;
}

function isLevel(rounds: readonly number[]): boolean {
  if (rounds.length < 2 * window) return false;
  return median(rounds.slice(-window)) >= levelShare * median(rounds.slice(-2 * window, -window));
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(`no answer within ${Math.round(ms)} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
