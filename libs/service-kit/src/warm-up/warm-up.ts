import type { RequestListener } from 'node:http';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { createHttpServer } from '../http/http-server.ts';
import { createInMemoryClient, type InMemoryClient } from './in-memory.ts';

/** Some requests that belong together, such as all that is asked of one screen. */
export interface WarmUpStep {
  readonly name: string;
  /** @throws {Error} when an answer is not as expected */
  run(send: InMemoryClient['send']): Promise<void>;
}

export interface Rehearsal {
  readonly listener: RequestListener;
  readonly steps: readonly WarmUpStep[];
  close(): Promise<void>;
}

export interface WarmUpOptions {
  readonly log: Logger;
  /** CPU time in all, in milliseconds; where cores are shared, at most five times as long; 0: none. */
  readonly limitMs: number;
  /** Longest time of one step, in milliseconds. default 2000 */
  readonly stepMs?: number;
  /** Makes what is run: the same code as what serves, over a world that touches nothing. */
  readonly prepare: () => Promise<Rehearsal> | Rehearsal;
}

/** A pod that gets a fifth of a core needs as much CPU time as one that has it alone, and may take so many times as long. */
const maxStretch = 5;
/** Rounds that are compared with as many before. */
const window = 5;
/** A window at this share of the time of the one before it is level. */
const levelShare = 0.95;

/**
 * Runs requests through the pipeline in this process until they get no cheaper, so that the first users do not pay for lazy
 * parsing and unoptimized code. Fails open: what throws or takes too long is logged and left out.
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
          // Out of time in all is not the step's fault.
          if (!(err instanceof OutOfTime) || ms === stepMs)
            log.warn({ err, step: step.name }, 'warm-up: step left out');
          steps.delete(step);
          // Its connection may wait for an answer that never comes.
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
    log.info({ took_ms: tookMs, rounds: rounds.length, first_ms: first, last_ms: last }, 'warm');
  } catch (err) {
    log.warn({ err }, 'warm-up failed: serving without it');
  }
  rehearsal?.close().catch((err: unknown) => log.warn({ err }, 'warm-up: closing failed'));
}

/** Option of an app that warms up and ends: the build of an image keeps the code that V8 compiled for it. */
export const warmUpOption = '--warm-up';
const commandLimitMs = 10_000;

/** @returns the exit code */
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
