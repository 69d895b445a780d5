import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from '@bff/service-kit';
import type { Dispatcher } from 'undici';
import type { Accept } from '../pipeline/accept.ts';
import type { CallScope, Fault, KnownAnswer, PreparedRequest, Reply } from '../pipeline/call.ts';
import { aborted, failed } from '../pipeline/outcomes.ts';
import { decoded, made, outcomeOfBody, outcomeOfError, outcomeOfHead } from './reply.ts';

const timedOut = failed('timeout');
const badResponse = failed('bad-response');
const abandoned = new Error('nobody waits for this call any more');

/**
 * Answers that came whole in this turn of the event loop. They are read and go on their way together at its end: each would
 * otherwise run through all of its stages alone, with code and data that the one before has pushed out of the processor's
 * caches. That is a fifth of what a screen costs.
 */
let whole: Exchange[] = [];

function readWhole(): void {
  const exchanges = whole;
  whole = [];
  for (const exchange of exchanges) exchange.read();
}

/**
 * One request and its answer on an undici dispatcher. Resolves at the first of: the outcome is known, the time is up,
 * the caller hung up. From then on it holds no timer and no listener, save to drain the body of an answer whose head
 * said it all, which keeps the connection for the next call.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly reply: Reply;
  readonly #known: KnownAnswer | undefined;
  readonly #request: Dispatcher.DispatchOptions;
  /** Undefined: the body of the answer is not read. */
  readonly #accept: Accept<unknown> | undefined;
  readonly #signal: AbortSignal;
  readonly #timeoutMs: number;
  readonly #maxBodyBytes: number;
  #resolve!: (outcome: Outcome<unknown>) => void;
  #reject!: (error: Error) => void;
  #timer: NodeJS.Timeout | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #chunks: Buffer[] | undefined = [];
  #over = false;
  /** The upstream said that it made the write: whatever becomes of the rest of its answer, it is done. */
  #isMade = false;

  constructor(
    request: Dispatcher.DispatchOptions,
    { reply, known }: PreparedRequest,
    scope: CallScope,
    accept: Accept<unknown> | undefined,
    maxBodyBytes: number,
  ) {
    const { deadline } = scope;
    this.reply = reply;
    this.#known = known;
    this.#request = request;
    this.#accept = accept;
    this.#signal = deadline.signal;
    this.#timeoutMs = Math.ceil(deadline.remaining());
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** @throws {Error} `UND_ERR_INVALID_ARG` when a path or header value is not legal: ours is the fault, not the upstream's */
  over(dispatcher: Dispatcher): Promise<Outcome<unknown>> {
    this.reply.status = 0;
    this.reply.bytes = 0;
    this.reply.text = undefined;
    this.reply.fault = undefined;
    if (this.#signal.aborted) return Promise.resolve(aborted);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#timer = setTimeout(Exchange.#timeUp, this.#timeoutMs, this);
      this.#signal.addEventListener('abort', this);
      dispatcher.dispatch(this.#request, this);
    });
  }

  static #timeUp(exchange: Exchange): void {
    exchange.#abandon(timedOut);
  }

  /** The `abort` event of the caller's signal. */
  handleEvent(): void {
    this.#abandon(aborted);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Abandoned while it waited for a connection. Throwing takes it out of the queue;
    // controller.abort() would destroy the healthy connection it was given.
    if (this.#over) throw abandoned;
    this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.reply.status = status;
    this.reply.headers = headers;
    const isWrite = this.#request.method !== 'GET';
    this.#isMade = isWrite && status < 300;
    const isUnread = this.#isMade && !this.#accept;
    const outcome = isUnread ? made : outcomeOfHead(this.reply, this.#known, isWrite);
    if (outcome) this.#settle(outcome);
    if (Number(headers['content-length']) > this.#maxBodyBytes) this.#refuse('too-large');
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.reply.bytes += chunk.length;
    if (this.reply.bytes > this.#maxBodyBytes) this.#refuse('too-large');
    else this.#chunks?.push(chunk);
  }

  onResponseEnd(): void {
    this.#finish();
    if (this.#chunks && whole.push(this) === 1) setImmediate(readWhole);
  }

  /** To be called once, when the answer is whole. */
  read(): void {
    const chunks = this.#chunks;
    if (!chunks || !this.#accept) return;
    const [only = Buffer.alloc(0)] = chunks;
    const body = decoded(chunks.length > 1 ? Buffer.concat(chunks) : only, this.reply);
    if (body === undefined) return this.#settle(badResponse);
    this.reply.text = body;
    try {
      this.#settle(outcomeOfBody(this.reply, body, this.#accept));
    } catch (error) {
      // Nobody waits where it would be thrown to: the model of an operation is at fault, not the upstream.
      this.#reject(error as Error);
    }
  }

  onResponseError(_: unknown, error: NodeJS.ErrnoException): void {
    if (this.#over) return;
    this.#finish();
    if (error.code === 'UND_ERR_INVALID_ARG') this.#reject(error);
    else this.#settle(outcomeOfError(this.reply, error));
  }

  /** The first outcome counts; chunks that come later are not kept. */
  #settle(outcome: Outcome<unknown>): void {
    this.#chunks = undefined;
    this.#resolve(this.#isMade && outcome.kind === 'failed' ? made : outcome);
  }

  #refuse(kind: Fault['kind']): void {
    // What the head of the answer decided stays: a 404 with a long page is a 404.
    if (this.#chunks) this.reply.fault = { kind };
    this.#abandon(badResponse);
  }

  #finish(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this);
  }

  #abandon(outcome: Outcome<never>): void {
    this.#finish();
    this.#settle(outcome);
    this.#controller?.abort(abandoned);
  }
}
