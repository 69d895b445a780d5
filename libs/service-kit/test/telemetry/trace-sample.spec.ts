import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { startOtlpCollector } from '@bff/testbed';
import { startTracing } from '../../src/index.ts';

/** The names of the spans of one request for each trace id, where next to none is to be traced. */
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

/** Samplers that go by the id take those that are small, or large. */
const extremes = ['00000000000000000000000000000001', 'f'.repeat(32), `${'f'.repeat(16)}${'0'.repeat(15)}1`];

test('a trace id does not raise the share that is traced, whatever its stranger chooses', async () => {
  expect(await spansOf(extremes)).toEqual([]);
});

test('a service behind ours traces what its callers trace', async () => {
  expect(await spansOf(extremes, { followCallers: true })).toEqual(extremes);
});
