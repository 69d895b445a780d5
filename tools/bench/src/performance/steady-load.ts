import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';
import { expectAnswers, type LoadFigures, type LoadJob, type Target } from './load-job.ts';

/**
 * An open loop: requests start when they are due, not when the one before is answered, and a latency counts from when
 * its request was due. So a server that stalls is charged for everybody who would have come meanwhile.
 */
export async function steadyLoad(job: LoadJob & { readonly perSecond: number }): Promise<LoadFigures> {
  const { origins, targets, status, requests, perSecond, atOnce = 1 } = job;
  const pools = origins.map((origin) => new Pool(origin, { connections: 512 }));
  const latencies: number[] = [];
  const statuses: number[] = [];
  let right = 0;
  const startedAt = performance.now();

  const ask = async (turn: number): Promise<number> => {
    const { method = 'GET', path, headers, body = null } = targets[turn % targets.length] as Target;
    const pool = pools[turn % pools.length] as Pool;
    const code = await statusOf(pool, { method, path, headers, body });
    if (code === status) right++;
    return code;
  };
  const due = async (turn: number, dueAt: number): Promise<void> => {
    const answers = Promise.all(Array.from({ length: atOnce }, (_, at) => ask(turn * atOnce + at)));
    const codes = await (status === 'any' ? answers.catch(() => [0]) : answers);
    latencies.push(performance.now() - dueAt);
    statuses.push(codes.at(-1) ?? 0);
  };

  const running: Promise<void>[] = [];
  for (let turn = 0; turn < requests; turn++) {
    const dueAt = startedAt + (turn * 1_000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 0.5) await delay(early);
    const request = due(turn, dueAt);
    // Looked at below; until then a failure must not end the process.
    request.catch(() => undefined);
    running.push(request);
  }
  await Promise.all(running);
  await Promise.all(pools.map((pool) => pool.destroy()));
  expectAnswers(right, requests * atOnce, status);
  return { seconds: (performance.now() - startedAt) / 1_000, latencies, statuses };
}

/** When the answer is whole. Not `request`, which makes a stream of each body: what the load costs is not to be measured. */
function statusOf(pool: Pool, request: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    pool.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: (_, code) => void (status = code),
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(status),
      onResponseError: (_, error) => reject(error),
    });
  });
}
