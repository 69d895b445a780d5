import type { IncomingHttpHeaders } from 'node:http';
import { chargeLoop, type LoopAccount, type Outcome } from '@bff/service-kit';
import type { Dispatcher, Pool } from 'undici';
import type { Accept } from '../pipeline/accept.ts';
import type { CallScope, Fault, KnownAnswer, PreparedRequest, Reply } from '../pipeline/call.ts';
import { aborted, failed } from '../pipeline/outcomes.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import type { Connection, Connections } from './connections.ts';
import { emptyReply, inUtf8, made, outcomeOfBody, outcomeOfError, outcomeOfHead } from './reply.ts';
import { SecondTry, type SecondTryEvents } from './second-try.ts';

const timedOut = failed('timeout');
const badResponse = failed('bad-response');
const abandoned = new Error('request abandoned: its answer is no longer needed');

/**
 * Answers that were completed in this event-loop turn. They are parsed and passed on together at its end, so
 * that the code and data of each stage stay in the processor's caches from one answer to the next. That saves
 * a fifth of the CPU time of a screen.
 */
let whole: Exchange[] = [];

function readWhole(): void {
  const exchanges = whole;
  whole = [];
  for (const exchange of exchanges) exchange.read();
}

/** Idempotent methods: their request may reach an upstream twice (RFC 9110, section 9.2.2). */
const repeatable = new Set(['GET', 'PUT', 'DELETE']);
/** Shortest wait for the first byte on a kept-alive connection before a second try, in milliseconds. */
const leastPatienceMs = 250;

/** Dependencies that all exchanges of one operation share. */
export interface ExchangeParts {
  readonly connections: Connections;
  /** Converts the body of the answer; undefined when the body is not read. */
  readonly accept: Accept<unknown> | undefined;
  readonly maxBodyBytes: number;
  /** Bounds the second tries of slow calls. */
  readonly budget: RetryBudget;
  /** Exchanges whose second try waits for budget. */
  readonly waiting: Set<Exchange>;
}

/**
 * One request and its answer. Resolves when the outcome is known, the time is up, or the client disconnected.
 * From then on it holds no timer or listener, except to drain the body of an answer whose head decided the
 * outcome, which keeps the connection for the next call.
 *
 * A kept-alive connection may be dead: closed as the request was sent, or silently dropped by a firewall. A
 * repeatable request is therefore sent once more on a new connection when a kept-alive one fails without a
 * byte, or is silent for half of the time (F08, F13). The same holds for every other request that cannot have
 * been received completely.
 */
export class Exchange implements Dispatcher.DispatchHandler, SecondTryEvents {
  readonly reply: Reply;
  /** Set by the connection that carries the request. */
  connection: Connection | undefined;
  readonly #parts: ExchangeParts;
  readonly #known: KnownAnswer | undefined;
  readonly #request: Dispatcher.DispatchOptions;
  readonly #signal: AbortSignal;
  readonly #loopAccount: LoopAccount | undefined;
  readonly #endsAt: number;
  readonly #isRepeatable: boolean;
  #pool: Pool | undefined;
  #resolve!: (outcome: Outcome<unknown>) => void;
  #reject!: (error: Error) => void;
  #timer: NodeJS.Timeout | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  /** Whether the connection had carried an answer before this request. */
  #isReused = false;
  #second: SecondTry | undefined;
  #isTriedFresh = false;
  #holdsBudget = false;
  /**
   * State of the first try. `given-up`: the second try answered first, so events of the first are ignored.
   */
  #first: 'running' | 'failed' | 'given-up' = 'running';
  #chunks: Buffer[] | undefined = [];
  #over = false;
  /**
   * Whether the upstream confirmed the write by its status: then the write was made, even if the rest of the
   * answer fails.
   */
  #isMade = false;

  constructor(
    request: Dispatcher.DispatchOptions,
    { reply, known }: PreparedRequest,
    { deadline, loopAccount }: CallScope,
    parts: ExchangeParts,
  ) {
    this.reply = reply;
    this.#parts = parts;
    this.#known = known;
    this.#request = request;
    this.#signal = deadline.signal;
    this.#loopAccount = loopAccount;
    this.#isRepeatable = repeatable.has(request.method);
    this.#endsAt = performance.now() + deadline.remaining();
  }

  /**
   * Sends the request.
   * @throws {Error} `UND_ERR_INVALID_ARG` when a path or header value is illegal: a programming error of this
   * process, not a failure of the upstream
   */
  run(): Promise<Outcome<unknown>> {
    Object.assign(this.reply, emptyReply());
    if (this.#signal.aborted) return Promise.resolve(aborted);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      const remainingMs = this.#endsAt - performance.now();
      const isPatient = !this.#isRepeatable || remainingMs < 2 * leastPatienceMs;
      this.#timer = isPatient
        ? setTimeout(Exchange.#timeUp, Math.ceil(remainingMs), this)
        : setTimeout(Exchange.#halfTime, remainingMs / 2, this);
      this.#signal.addEventListener('abort', this);
      this.#pool = this.#parts.connections.dispatch(this.#request, this);
    });
  }

  static #halfTime(exchange: Exchange): void {
    exchange.#timer = setTimeout(Exchange.#timeUp, Math.ceil(exchange.#endsAt - performance.now()), exchange);
    if (exchange.#isSilent() && !exchange.#isTriedFresh) exchange.#tryWithinBudget();
  }

  static #timeUp(exchange: Exchange): void {
    exchange.#blameConnection();
    exchange.#abandon(timedOut);
  }

  /** Handles the `abort` event of the caller's signal. */
  handleEvent(): void {
    this.#abandon(aborted);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The request was abandoned while it waited for a connection. Throwing removes it from undici's queue;
    // controller.abort() would destroy the healthy connection that it was given.
    if (this.#over) throw abandoned;
    this.#controller = controller;
    this.reply.wasSent = true;
    this.#isReused = this.connection?.hasAnswered ?? false;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#first !== 'running') return;
    if (this.connection) this.connection.hasAnswered = true;
    this.#parts.waiting.delete(this);
    this.#second?.abort(abandoned);
    this.#second = undefined;
    this.#answered(status, headers);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (this.#first === 'running') this.received(chunk);
  }

  onResponseEnd(): void {
    if (this.#first === 'running') this.ended();
  }

  onResponseError(_: unknown, error: NodeJS.ErrnoException): void {
    if (this.#over || this.#first === 'given-up') return;
    const wasSilent = this.#isSilent();
    this.#first = 'failed';
    // The second try determines the outcome.
    if (this.#second) return;
    // EPIPE: the connection closed before the complete request was written, so not all of it was received.
    const isUnread = error.code === 'EPIPE';
    if (wasSilent && (this.#isRepeatable || isUnread) && error.code !== 'UND_ERR_INVALID_ARG')
      this.#tryAgain();
    else {
      if (wasSilent) this.#blameConnection();
      this.#failed(error);
    }
  }

  secondAnswers(status: number, headers: IncomingHttpHeaders): boolean {
    if (this.#over) return false;
    if (this.#first === 'running') {
      // A new connection answered while the old one is silent: all old ones may be dead.
      if (this.#pool) this.#parts.connections.distrust(this.#pool);
      this.#first = 'given-up';
      this.#controller?.abort(abandoned);
    }
    this.#answered(status, headers);
    return true;
  }

  secondFails(error: NodeJS.ErrnoException): void {
    this.#second = undefined;
    if (this.#first !== 'running' && !this.#over) this.#failed(error);
  }

  #answered(status: number, headers: IncomingHttpHeaders): void {
    this.reply.status = status;
    this.reply.headers = headers;
    const isWrite = this.#request.method !== 'GET';
    this.#isMade = isWrite && status < 300;
    const isUnread = this.#isMade && !this.#parts.accept;
    const outcome = isUnread ? made : outcomeOfHead(this.reply, this.#known, isWrite);
    if (outcome) this.#settle(outcome);
    if (Number(headers['content-length']) > this.#parts.maxBodyBytes) this.#refuse('too-large');
  }

  received(chunk: Buffer): void {
    this.reply.bytes += chunk.length;
    if (this.reply.bytes > this.#parts.maxBodyBytes) this.#refuse('too-large');
    else this.#chunks?.push(chunk);
  }

  ended(): void {
    this.#finish();
    if (this.#chunks && whole.push(this) === 1) setImmediate(readWhole);
  }

  /** Parses the answer. To be called once, when it is complete. */
  read(): void {
    const chunks = this.#chunks;
    const { accept } = this.#parts;
    if (!chunks || !accept) return;
    chargeLoop(this.#loopAccount);
    const [only = Buffer.alloc(0)] = chunks;
    const body = inUtf8(chunks.length > 1 ? Buffer.concat(chunks) : only, this.reply);
    if (body === undefined) return this.#settle(badResponse);
    try {
      this.#settle(outcomeOfBody(this.reply, body, accept));
    } catch (error) {
      // The operation's model threw, so this is not a failure of the upstream. Rejects instead of throwing,
      // because no caller would catch the error.
      this.#reject(error as Error);
    }
  }

  /** Whether the request was sent on a kept-alive connection and no byte of an answer was received. */
  #isSilent(): boolean {
    return this.#isReused && this.#first === 'running' && this.reply.status === 0;
  }

  /**
   * Makes the second try. If the retry budget is used up, waits until another second try ends: on a healthy
   * upstream second tries are short.
   */
  #tryWithinBudget(): void {
    const { budget, waiting } = this.#parts;
    if (!budget.take()) return void waiting.add(this);
    waiting.delete(this);
    this.#holdsBudget = true;
    this.#tryAgain();
  }

  #tryAgain(): void {
    this.#isTriedFresh = true;
    this.#second = new SecondTry(this);
    this.#parts.connections.dispatchFresh(this.#request, this.#second);
  }

  /**
   * Marks a failure on a kept-alive connection if no new connection was tried: it is unknown whether the
   * upstream or the connection failed, so no breaker counts it.
   */
  #blameConnection(): void {
    if (this.#isTriedFresh || !this.#isReused || this.reply.status > 0) return;
    this.reply.isConnectionFault = true;
    if (this.#pool) this.#parts.connections.distrust(this.#pool);
  }

  #failed(error: NodeJS.ErrnoException): void {
    this.#finish();
    if (error.code === 'UND_ERR_INVALID_ARG') this.#reject(error);
    else this.#settle(outcomeOfError(this.reply, error));
  }

  /** Settles with the first outcome; later chunks are not kept. */
  #settle(outcome: Outcome<unknown>): void {
    this.#chunks = undefined;
    this.#resolve(this.#isMade && outcome.kind === 'failed' ? made : outcome);
  }

  #refuse(kind: Fault['kind']): void {
    // If the status has decided the outcome, the body cannot change it: a 404 with a large body is a 404.
    if (this.#chunks) this.reply.fault = { kind };
    this.#abandon(badResponse);
  }

  #finish(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this);
    const { budget, waiting } = this.#parts;
    waiting.delete(this);
    if (!this.#holdsBudget) return;
    this.#holdsBudget = false;
    budget.giveBack();
    for (const next of waiting) return next.#tryWithinBudget();
  }

  #abandon(outcome: Outcome<never>): void {
    this.#finish();
    this.#settle(outcome);
    this.#controller?.abort(abandoned);
    this.#second?.abort(abandoned);
  }
}
