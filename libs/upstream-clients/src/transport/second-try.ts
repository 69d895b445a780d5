import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

/** The events of a second try that its exchange handles. */
export interface SecondTryEvents {
  /** Returns false when the first try has answered meanwhile, or the call was abandoned. */
  secondAnswers(status: number, headers: IncomingHttpHeaders): boolean;
  received(chunk: Buffer): void;
  ended(): void;
  secondFails(error: NodeJS.ErrnoException): void;
}

const lost = new Error('the first try has answered');

/** Repeats the request on a new connection. The first of the two answers counts. */
export class SecondTry implements Dispatcher.DispatchHandler {
  readonly #exchange: SecondTryEvents;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;

  constructor(exchange: SecondTryEvents) {
    this.#exchange = exchange;
  }

  abort(reason: Error): void {
    this.#isOver = true;
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) throw lost;
    this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    if (status >= 200 && !this.#isOver && !this.#exchange.secondAnswers(status, headers)) this.abort(lost);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (!this.#isOver) this.#exchange.received(chunk);
  }

  onResponseEnd(): void {
    if (!this.#isOver) this.#exchange.ended();
  }

  onResponseError(_: unknown, error: NodeJS.ErrnoException): void {
    if (!this.#isOver) this.#exchange.secondFails(error);
    this.#isOver = true;
  }
}
