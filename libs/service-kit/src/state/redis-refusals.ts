import type { Logger } from '../telemetry/logger.ts';
import { StateFull, StateReadOnly, StateUnavailable } from './state-store.ts';

/** First words of the error replies with which Redis refuses writes while reads still work. */
const writeRefusals = new Set(['OOM', 'READONLY', 'NOREPLICAS', 'MISCONF', 'NOPERM', 'ERR']);
/** Interval between log lines about one kind of refusal, in milliseconds. */
const quietMs = 60_000;

interface Refusal {
  /** Methods of the store that were refused; the refusal ends when one of them works. */
  readonly methods: Set<string>;
  readonly words: string;
}

/**
 * Tracks commands that Redis refuses, by its error replies. Logs one line for each kind when it begins and
 * one when it ends.
 */
export class RedisRefusals {
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #refusals = new Map<string, Refusal>();
  readonly #loggedAt = new Map<string, number>();

  constructor(log: Logger, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Returns why commands are refused, or undefined if none is. */
  get words(): string | undefined {
    return this.#refusals.values().next().value?.words;
  }

  /**
   * Returns the error for a reply, or undefined if Redis did not reply. @param isWrite false if the method
   * only reads
   */
  errorFor(cause: unknown, method: string, isWrite: boolean): StateUnavailable | undefined {
    const words = replyIn(cause);
    if (words === undefined) return undefined;
    const [kind = ''] = words.split(' ');
    this.#note(kind, words, method);
    if (!isWrite || !writeRefusals.has(kind))
      return new StateUnavailable(`the state store refuses: ${words}`, { cause });
    return kind === 'OOM'
      ? new StateFull('the state store is full', { cause })
      : new StateReadOnly(`the state store refuses writes: ${words}`, { cause });
  }

  /** Records that a method of the store worked. */
  worked(method: string): void {
    if (this.#refusals.size === 0) return;
    for (const [kind, { methods }] of this.#refusals) {
      if (!methods.has(method)) continue;
      this.#refusals.delete(kind);
      this.#log.info({ method }, 'state store accepts commands again that it refused');
    }
  }

  #note(kind: string, words: string, method: string): void {
    const known = this.#refusals.get(kind);
    if (known) return void known.methods.add(method);
    this.#refusals.set(kind, { words, methods: new Set([method]) });
    const last = this.#loggedAt.get(kind);
    if (last !== undefined && this.#now() - last < quietMs) return;
    this.#loggedAt.set(kind, this.#now());
    this.#log.error({ reply: words, method }, 'state store refuses a command');
  }
}

/** Returns the text of an error reply without arguments: a key may contain the name of a user. */
export function replyIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // In a transaction the error of the failed command has the reason; the error of EXEC only says that the
  // transaction was aborted.
  const { previousErrors = [] } = error as { readonly previousErrors?: readonly Error[] };
  const reply = [...previousErrors, error].find(({ name }) => name === 'ReplyError');
  // If a command in a script fails, Redis 6.2 wraps its error text in an error of the script.
  const inScript = /@user_script: ?\d+: -?([A-Z]{3,} .*)$/s.exec(reply?.message ?? '')?.[1];
  return (inScript ?? reply?.message)
    ?.replace(/[,.]? with args beginning with.*$/is, '')
    .replace(/ script: .*$/is, '');
}
