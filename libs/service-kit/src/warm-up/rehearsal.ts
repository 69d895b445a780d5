import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
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

/** An Express app: the prototypes of its requests and responses name the app that created them. */
interface App {
  request?: IncomingMessage & { app?: object };
  response?: ServerResponse & { app?: object };
}

/** Returns a function that returns the values in turn, such as the clients of a rehearsal. */
export function inTurn<T>(values: readonly T[]): () => T {
  let turn = 0;
  return () => values[turn++ % values.length] as T;
}

/** A rehearsal with a server and a client in memory. */
export class RehearsalClient {
  readonly #rehearsal: Rehearsal;
  readonly #like: object;
  /** Prototypes of requests and responses; none if `like` is not an Express app. */
  readonly #prototypes: readonly { app?: object }[] = [];
  readonly #server: Server;
  #client: InMemoryClient;

  /** @param like app whose request and response prototypes the rehearsal gets */
  constructor(rehearsal: Rehearsal, like: object) {
    this.#rehearsal = rehearsal;
    this.#like = like;
    const { request, response } = like as App;
    if (request && response) {
      Object.assign(rehearsal.app, { request, response });
      this.#prototypes = [request, response];
    }
    this.#server = createHttpServer(rehearsal.listener, { app: like });
    this.#client = createInMemoryClient(this.#server);
  }

  get steps(): readonly WarmUpStep[] {
    return this.#rehearsal.steps;
  }

  /** Runs a step. Meanwhile `request.app` is the app of this rehearsal. */
  run(step: WarmUpStep): Promise<void> {
    this.#nameApp(this.#rehearsal.app);
    return step.run(this.#client.send);
  }

  /** Replaces the connection, which may wait for a response that never comes. */
  reconnect(): void {
    this.#client.close();
    this.#client = createInMemoryClient(this.#server);
  }

  close(): void {
    this.#nameApp(this.#like);
    this.#client.close();
    this.#server.close();
  }

  #nameApp(app: object): void {
    for (const prototype of this.#prototypes) prototype.app = app;
  }
}
