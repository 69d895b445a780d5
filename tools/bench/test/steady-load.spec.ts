import type { ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { steadyLoad } from '../src/performance/load/steady-load.ts';
import { listening } from './listening.ts';

async function everyThirdIsRefused() {
  let asked = 0;
  const { server, job } = await listening((_, response) => {
    response.statusCode = ++asked % 3 === 0 ? 503 : 200;
    if (asked === 7) response.destroy();
    else response.end();
  });
  return { server, job: { ...job, requests: 30, perSecond: 500 } };
}

test('a steady load that accepts any status reports every status, and 0 for a missing answer', async () => {
  const { server, job } = await everyThirdIsRefused();
  const { statuses, latencies } = await steadyLoad({ ...job, status: 'any' });
  server.close();
  expect(latencies).toHaveLength(30);
  expect([200, 503, 0].map((wanted) => statuses.filter((status) => status === wanted).length)).toEqual([
    19, 10, 1,
  ]);
});

test('a steady load that expects a status fails when a third of the answers are missing or differ', async () => {
  const { server, job } = await everyThirdIsRefused();
  await expect(steadyLoad({ ...job, status: 200 })).rejects.toThrow();
  server.closeAllConnections();
  server.close();
});

test('a steady load that expects a status fails when one of many answers never arrived', async () => {
  let asked = 0;
  const { server, job } = await listening((_, response) => {
    if (++asked === 150) response.destroy();
    else response.end();
  });
  await expect(steadyLoad({ ...job, perSecond: 2_000, requests: 300, status: 200 })).rejects.toThrow(
    'other side closed',
  );
  server.close();
});

/** Starts a server that answers only when `answerAll` is called. */
async function holdsAnswers() {
  const held: ServerResponse[] = [];
  let connections = 0;
  const { server, job } = await listening((_, response) => void held.push(response));
  server.on('connection', () => connections++);
  return { server, held, job, connections: () => connections };
}

test('a steady load fails when its connections are exhausted, instead of sending later than scheduled', async () => {
  const { server, job } = await holdsAnswers();
  const load = steadyLoad({ ...job, status: 'any', requests: 10, perSecond: 1_000, maxConnections: 9 });
  await expect(load).rejects.toThrow('connections exhausted: 9 requests are unanswered');
  server.close();
});

test('a steady load reports how late it sent each request, here because the server blocks its event loop', async () => {
  const blockedMs = 60;
  let asked = 0;
  const { server, job } = await listening((_, response) => {
    const freeAt = performance.now() + (asked++ === 0 ? blockedMs : 0);
    while (performance.now() < freeAt);
    response.end();
  });
  const load = { ...job, status: 200, requests: 30, perSecond: 200 } as const;
  const { sentLate } = await steadyLoad(load);
  server.close();
  expect(sentLate).toHaveLength(30);
  expect(Math.max(...sentLate)).toBeGreaterThan(blockedMs / 2);
  expect(Math.min(...sentLate)).toBeGreaterThanOrEqual(0);
});

test('a steady load opens connections before its first request, and uses them', async () => {
  const { server, held, job, connections } = await holdsAnswers();
  const load = steadyLoad({ ...job, status: 200, requests: 100, perSecond: 1_000, openedBefore: 100 });
  await until(() => held.length > 0); // shows that all connections were accepted
  expect([held.length, connections()]).toEqual([1, 100]);
  held.pop()?.end();
  await until(() => held.length === 100);
  for (const response of held) response.end();
  expect((await load).latencies).toHaveLength(100);
  expect(connections()).toBe(100);
  server.close();
});
