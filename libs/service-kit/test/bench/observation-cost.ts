import { createWriteStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLogger, createMetrics, withRequestContext } from '../../src/index.ts';
import { observeRequests } from '../../src/telemetry/observe-requests.ts';
import { RecentDegradations } from '../../src/telemetry/recent-degradations.ts';

/**
 * `node libs/service-kit/test/bench/observation-cost.ts`: prints the CPU time of observing one request, in
 * microseconds.
 */
const calls = 200_000;
const request = {
  method: 'GET',
  headers: {},
  route: { path: '/thing' },
  originalUrl: '/api/thing',
} as unknown as IncomingMessage;
const nothing = () => undefined;
const response = {
  statusCode: 200,
  writableFinished: true,
  once: nothing,
  setHeader: nothing,
} as unknown as ServerResponse;

function cost(accessLogSample: number): number {
  const log = createLogger('bench', 'info', createWriteStream('/dev/null'));
  const metrics = createMetrics('bench');
  withRequestContext(log)(request, response, nothing);
  const observe = observeRequests({ metrics, log, accessLogSample, recent: new RecentDegradations() });
  for (let i = 0; i < calls / 10; i++) observe(request, response)(undefined);
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) observe(request, response)(undefined);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

process.stdout.write(`metrics ${cost(0).toFixed(1)} us, with an access line ${cost(1).toFixed(1)} us\n`);
process.exit();
