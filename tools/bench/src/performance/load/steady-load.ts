import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { Connections, type Ended } from './connections.ts';
import { expectAnswers, type LoadFigures, type LoadJob, type Target } from './load-job.ts';

/**
 * Sends requests in an open loop: each starts on schedule whether or not earlier ones were answered, and its
 * latency counts from the scheduled start. This avoids coordinated omission: a stalled server is charged for
 * all requests due during the stall.
 * @throws {Error} when more requests are unanswered than there are connections: a request that waits for a
 * connection would turn the loop into a closed one, and hide an overload from the server
 */
export async function steadyLoad(job: LoadJob & { readonly perSecond: number }): Promise<LoadFigures> {
  const { origins, targets, status, requests, perSecond, atOnce = 1, openedBefore = 0 } = job;
  const { maxConnections = 10_000 } = job;
  const servers = origins.map((origin) => new Connections(origin, maxConnections));
  const requestAt = (at: number): Dispatcher.DispatchOptions => {
    const { method = 'GET', path, headers, body = null } = targets[at % targets.length] as Target;
    return { method, path, headers, body };
  };
  const opened = Math.min(openedBefore, maxConnections);
  await Promise.all(servers.map((server) => server.open(opened, requestAt(0))));
  const [latencies, sentLate] = [new Float64Array(requests), new Float64Array(requests)];
  const statuses = new Uint16Array(requests);
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
    for (let at = turn * atOnce; at < (turn + 1) * atOnce; at++)
      (servers[at % servers.length] as Connections).ask(requestAt(at), ended);
  }

  try {
    for (let turn = 0; turn < requests; turn++) {
      const dueAt = startedAt + (turn * 1_000) / perSecond;
      const early = dueAt - performance.now();
      if (early > 0.5) await delay(early);
      sentLate[turn] = Math.max(0, performance.now() - dueAt);
      begin(turn, dueAt);
    }
    await over.promise;
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
  if (fault && status !== 'any') throw fault;
  expectAnswers(right, requests * atOnce, status);
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    latencies: [...latencies],
    sentLate: [...sentLate],
    statuses: [...statuses],
  };
}
