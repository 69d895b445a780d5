import type { RequestListener } from 'node:http';
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
  readonly listener: RequestListener;
  readonly steps: readonly WarmUpStep[];
  close(): Promise<void>;
}

export interface WarmUpOptions {
  readonly log: Logger;
  /**
   * Maximum CPU time in milliseconds. On shared cores the warm-up may take up to five times as much wall
   * time. 0: no warm-up
   */
  readonly limitMs: number;
  /** Maximum time of one step, in milliseconds. default 2000 */
  readonly stepMs?: number;
  /** Creates the steps and the listener: the code that serves real requests, with dependencies in memory. */
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

/**
 * Runs requests in this process until they get no faster, so that the first users do not wait for lazy
 * parsing and unoptimized code. Fails open: a step that throws or takes too long is logged and skipped.
 */
export async function warmUp({ log, limitMs, stepMs = 2_000, prepare }: WarmUpOptions): Promise<void> {
  if (limitMs === 0) return;
  const startedAt = performance.now();
  const cpu = process.threadCpuUsage();
  const leftMs = (): number => limitMs * maxStretch - (performance.now() - startedAt);
  const hasTime = (): boolean => {
    const { user, system } = process.threadCpuUsage(cpu);
    return leftMs() > 0 && (user + system) / 1_000 < limitMs;
  };
  let rehearsal: Rehearsal | undefined;
  try {
    rehearsal = await inTime(Promise.resolve(prepare()), limitMs * maxStretch);
    const server = createHttpServer(rehearsal.listener);
    const steps = new Set(rehearsal.steps);
    let client = createInMemoryClient(server);
    const rounds: number[] = [];
    while (steps.size > 0 && hasTime() && !isLevel(rounds)) {
      const roundAt = performance.now();
      for (const step of steps) {
        if (!hasTime()) break;
        const ms = Math.min(stepMs, leftMs());
        try {
          await inTime(step.run(client.send), ms);
        } catch (err) {
          // Not logged if the time of the complete warm-up ran out: the step did not cause that.
          if (!(err instanceof OutOfTime) || ms === stepMs)
            log.warn({ err, step: step.name }, 'warm-up: step skipped');
          steps.delete(step);
          // The connection may wait for a response that never comes.
          client.close();
          client = createInMemoryClient(server);
        }
      }
      rounds.push(performance.now() - roundAt);
    }
    client.close();
    server.close();
    const tookMs = Math.round(performance.now() - startedAt);
    const [first = 0, last = 0] = [rounds[0], rounds.at(-1)].map((ms) => ms && Math.round(ms));
    log.info({ took_ms: tookMs, rounds: rounds.length, first_ms: first, last_ms: last }, 'warm-up done');
  } catch (err) {
    log.warn({ err }, 'warm-up failed: starting without it');
  }
  rehearsal?.close().catch((err: unknown) => log.warn({ err }, 'warm-up: closing failed'));
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
