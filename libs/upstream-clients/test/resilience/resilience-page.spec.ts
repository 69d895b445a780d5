import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { serviceSettings, type Setting } from '@bff/service-kit';
import { upstreamSettings } from '../../src/index.ts';

const page = readFileSync(new URL('../../../../docs/resilience.md', import.meta.url), 'utf8');
/** The cells of every table row, however it is aligned. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

const {
  maxInFlight,
  maxInFlightPerTenant,
  maxQueued,
  maxQueueDelayMs,
  redisTimeoutMs,
  maxHeaderBytes,
  headersTimeoutMs,
  requestTimeoutMs,
  keepAliveTimeoutMs,
  warmUpMs,
  drainDelayMs,
  drainGraceMs,
} = serviceSettings({ port: 0, managementPort: 0 });
const { upstreamCacheBytes, upstreamStaleMs, upstreamMaxConcurrent, upstreamMaxQueued, upstreamRetries } =
  upstreamSettings({});

test.each<Setting>([
  maxInFlight,
  maxInFlightPerTenant,
  maxQueued,
  maxQueueDelayMs,
  redisTimeoutMs,
  maxHeaderBytes,
  headersTimeoutMs,
  requestTimeoutMs,
  keepAliveTimeoutMs,
  warmUpMs,
  drainDelayMs,
  drainGraceMs,
  upstreamCacheBytes,
  upstreamStaleMs,
  upstreamMaxConcurrent,
  upstreamMaxQueued,
  upstreamRetries,
])('docs/resilience.md shows $env with its default and its meaning', (setting) => {
  const row = rows.find(([name]) => name === `\`${setting.env}\``);
  expect(row?.slice(0, 3)).toEqual([`\`${setting.env}\``, String(setting.default), setting.meaning]);
  expect(row?.[3]).toMatch(/\w/);
});
