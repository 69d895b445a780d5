import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { startOtlpCollector } from '@bff/testbed';
import { startTracing } from '../../src/index.ts';

/** Returns the span names of one request for each trace id, with a sample share close to 0. */
async function spansOf(traceIds: readonly string[], options?: { readonly followCallers: boolean }) {
  const collector = await startOtlpCollector();
  const tracing = await startTracing('test', { otlpEndpoint: collector.url, traceSample: 1e-9 }, options);
  for (const traceId of traceIds) {
    const headers = { traceparent: `00-${traceId}-1234567890abcdef-01` };
    const request = { method: 'GET', headers } as unknown as IncomingMessage;
    tracing!.serve(request, { statusCode: 200 } as ServerResponse, () => undefined).end('/');
  }
  await tracing!.close();
  await collector.close();
  return collector.spans().map(({ traceId }) => traceId);
}

/** Samplers that decide by the trace id select small or large ids. */
const extremes = ['00000000000000000000000000000001', 'f'.repeat(32), `${'f'.repeat(16)}${'0'.repeat(15)}1`];

test('a trace id that the client chooses does not raise the share of traced requests', async () => {
  expect(await spansOf(extremes)).toEqual([]);
});

test('with followCallers, a request is traced when its caller traces it', async () => {
  expect(await spansOf(extremes, { followCallers: true })).toEqual(extremes);
});
