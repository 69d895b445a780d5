import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { serviceSettings, type Setting } from '@bff/service-kit';
import { upstreamSettings } from '../../src/index.ts';
import { loyaltyOperations } from '../../src/loyalty-client.ts';
import { notificationOperations } from '../../src/notification-client.ts';
import type { Operation } from '../../src/pipeline/operation.ts';
import { orderOperations } from '../../src/order-client.ts';
import { userOperations } from '../../src/user-client.ts';

const page = readFileSync(new URL('../../../../docs/resilience.md', import.meta.url), 'utf8');
/** The cells of every table row, however it is aligned. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()).slice(1, -1)); // prettier-ignore

const {
  maxInFlight, maxInFlightPerTenant, maxQueueDelayMs, redisTimeoutMs, maxHeaderBytes, headersTimeoutMs, requestTimeoutMs,
  keepAliveTimeoutMs, drainDelayMs, drainGraceMs,
} = serviceSettings({ port: 0, managementPort: 0 }); // prettier-ignore
const { upstreamCacheBytes, upstreamStaleMs, upstreamMaxConcurrent, upstreamMaxQueued, upstreamRetries } =
  upstreamSettings;

test.each<Setting>([
  maxInFlight, maxInFlightPerTenant, maxQueueDelayMs, redisTimeoutMs, maxHeaderBytes, headersTimeoutMs, requestTimeoutMs,
  keepAliveTimeoutMs, drainDelayMs, drainGraceMs, upstreamCacheBytes, upstreamStaleMs, upstreamMaxConcurrent,
  upstreamMaxQueued, upstreamRetries,
])('docs/resilience.md has $env with its default', (setting) => {
  const row = rows.find(([name]) => name === `\`${setting.env}\``);
  expect(row?.slice(0, 3)).toEqual([`\`${setting.env}\``, String(setting.default), setting.meaning]);
  expect(row?.[3]).toMatch(/\w/);
}); // prettier-ignore

const operations: readonly Operation<unknown>[] = [
  userOperations, orderOperations, notificationOperations, loyaltyOperations,
].flatMap((each) => Object.values(each)); // prettier-ignore

test.each(operations)('docs/resilience.md has the breaker of $service $name as it is', ({ service, name, breaker, budgetMs }) => {
  const { consecutiveFailures, openMs, maxOpenMs } = breaker;
  expect(rows).toContainEqual([
    `\`${service}.${name}\``, ...[budgetMs, consecutiveFailures, openMs, maxOpenMs].map(String),
  ]);
  expect(breaker).toMatchObject({
    volumeThreshold: 20, errorRate: 0.5, windowMs: 10_000, probes: 3, successesToClose: 3,
  });
}); // prettier-ignore
