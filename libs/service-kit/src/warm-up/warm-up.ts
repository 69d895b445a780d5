import { inTime } from '../core/in-time.ts';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { RehearsalClient, type Rehearsal } from './rehearsal.ts';

export interface WarmUpOptions {
  readonly log: Logger;
  /**
   * The Express app that will serve. Its request and response prototypes replace those of the rehearsals,
   * because V8 specializes optimized code for the prototype of an object. default: that of the first rehearsal
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
   * Called twice. With one rehearsal V8 would specialize code for its closures, and discard that code when
   * the service runs its own.
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
  let isOver = false;
  const prepareAll = async (): Promise<void> => {
    while (!isOver && rehearsals.length < rehearsalCount) {
      const rehearsal = await prepare();
      if (isOver) await rehearsal.close();
      else rehearsals.push(rehearsal);
    }
  };
  try {
    const prepareMs = limitMs * maxStretch;
    await inTime(prepareAll(), prepareMs, () => new OutOfTime(prepareMs));
    const like = app ?? rehearsals[0]?.app ?? {};
    const clients = rehearsals.map((rehearsal) => new RehearsalClient(rehearsal, like));
    /** Names of the remaining steps, which are the same in all rehearsals. */
    const names = new Set(rehearsals[0]?.steps.map(({ name }) => name));
    const rounds: number[] = [];
    while (names.size > 0 && hasTime() && !isLevel(rounds)) {
      const client = clients[rounds.length % clients.length] as RehearsalClient;
      const roundAt = performance.now();
      let isComplete = true;
      for (const step of client.steps) {
        if (!names.has(step.name)) continue;
        if (!hasTime()) {
          isComplete = false;
          break;
        }
        const ms = Math.min(stepMs, leftMs());
        try {
          await inTime(client.run(step), ms, () => new OutOfTime(ms));
        } catch (err) {
          // Not logged if the time of the complete warm-up ran out: the step did not cause that.
          if (!(err instanceof OutOfTime) || ms === stepMs)
            log.warn({ err, step: step.name }, 'warm-up: step skipped');
          names.delete(step.name);
          client.reconnect();
          isComplete = false;
        }
      }
      if (isComplete) rounds.push(performance.now() - roundAt);
    }
    for (const client of clients) client.close();
    const tookMs = Math.round(performance.now() - startedAt);
    const [first = 0, last = 0] = [rounds[0], rounds.at(-1)].map((ms) => ms && Math.round(ms));
    log.info({ took_ms: tookMs, rounds: rounds.length, first_ms: first, last_ms: last }, 'warm-up done');
  } catch (err) {
    log.warn({ err }, 'warm-up failed: starting without it');
  }
  isOver = true;
  for (const rehearsal of rehearsals)
    rehearsal.close().catch((err: unknown) => log.warn({ err }, 'warm-up: closing failed'));
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

  constructor(ms: number) {
    super(`no answer within ${Math.round(ms)} ms`);
  }
}
