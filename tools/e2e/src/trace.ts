import { randomBytes } from 'node:crypto';
import { loginToWebBff } from '@bff/demo-world';
import { spanTree, startOtlpCollector } from '@bff/testbed';
import { startWebWorld } from './start-web-world.ts';

/** `npm run trace`: prints the spans of one profile request through web-bff and the services as a tree. */
const collector = await startOtlpCollector();
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url;
const traceId = randomBytes(16).toString('hex');
const world = await startWebWorld();
try {
  const headers = await loginToWebBff({ url: world.origin, username: 'alice' });
  // Warm-up: the first request fetches keys and opens connections, which would dominate the tree.
  await fetch(`${world.origin}/api/profile`, { headers });
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  await fetch(`${world.origin}/api/profile`, { headers: { ...headers, traceparent } });
} finally {
  // Stopping flushes the remaining spans.
  await world.stop();
  await collector.close();
}
process.stdout.write(`${spanTree(collector.spans().filter((span) => span.traceId === traceId))}\n`);
