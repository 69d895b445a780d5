import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Dispatcher } from 'undici';
import { expectAnswers, type LoadFigures, type LoadJob, type Target } from './load-job.ts';

/**
 * Sends requests in an open loop: each starts on schedule whether or not earlier ones were answered, and its
 * latency counts from the scheduled start. This avoids coordinated omission: a stalled server is charged for
 * all requests due during the stall.
 */
export async function steadyLoad(job: LoadJob & { readonly perSecond: number }): Promise<LoadFigures> {
  const { origins, targets, status, requests, perSecond, atOnce = 1 } = job;
  const servers = origins.map((origin) => new Connections(origin));
  const [latencies, statuses] = [new Float64Array(requests), new Uint16Array(requests)];
  const startedAt = performance.now();
  const over = Promise.withResolvers();
  let right = 0;
  let open = requests;
  let fault: Error | undefined;

  function begin(turn: number, dueAt: number): void {
    let left = atOnce;
    const ended: Ended = (code, error) => {
      fault ??= error;
      if (code === status) right++;
      statuses[turn] = code;
      if (--left > 0) return;
      latencies[turn] = performance.now() - dueAt;
      if (--open === 0) over.resolve(undefined);
    };
    for (let at = turn * atOnce; at < (turn + 1) * atOnce; at++) {
      const { method = 'GET', path, headers, body = null } = targets[at % targets.length] as Target;
      (servers[at % servers.length] as Connections).ask({ method, path, headers, body }, ended);
    }
  }

  for (let turn = 0; turn < requests; turn++) {
    const dueAt = startedAt + (turn * 1_000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 0.5) await delay(early);
    begin(turn, dueAt);
  }
  await over.promise;
  await Promise.all(servers.map((server) => server.close()));
  if (fault && status !== 'any') throw fault;
  expectAnswers(right, requests * atOnce, status);
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    latencies: [...latencies],
    statuses: [...statuses],
  };
}

/**
 * Maximum number of connections per server. With more, the server's accept queue overflows, and the kernel
 * retries the dropped connections only seconds later.
 */
const maxConnections = 512;

/** Called once per request. When no answer arrived, the status is 0 and the error is given. */
type Ended = (status: number, error?: Error) => void;

interface Asked {
  readonly request: Dispatcher.DispatchOptions;
  readonly ended: Ended;
}

/**
 * Connections to one server, each with one request at a time, used round robin. Must cost little CPU time,
 * because a load generator that costs more than the server measures itself. Therefore uses no promises, no
 * streams, and not undici's Pool, which searches all clients for a free one.
 */
class Connections {
  readonly #origin: string;
  readonly #idle: Client[] = [];
  readonly #waiting: Asked[] = [];
  readonly #all: Client[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  ask(request: Dispatcher.DispatchOptions, ended: Ended): void {
    const asked = { request, ended };
    const client = this.#idle.shift() ?? this.#another();
    if (client) this.#send(client, asked);
    else this.#waiting.push(asked);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((client) => client.destroy()));
  }

  #another(): Client | undefined {
    if (this.#all.length >= maxConnections) return undefined;
    const client = new Client(this.#origin);
    this.#all.push(client);
    return client;
  }

  #send(client: Client, { request, ended }: Asked): void {
    let status = 0;
    const done: Ended = (code, error) => {
      const next = this.#waiting.shift();
      if (next) this.#send(client, next);
      else this.#idle.push(client);
      ended(code, error);
    };
    client.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: (_, code) => void (status = code),
      onResponseData: () => undefined,
      onResponseEnd: () => done(status),
      onResponseError: (_, error) => done(0, error),
    });
  }
}
