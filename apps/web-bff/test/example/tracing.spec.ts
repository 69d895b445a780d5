import { expect, jest, test } from '@jest/globals';
import { spanTree, startOtlpCollector, type CollectedSpan } from '@bff/testbed';
import { startRig } from '../rig.ts';

jest.setTimeout(30_000);

/** Returns every span of a profile that a tracing caller requests while order-service fails. */
async function tracedProfile(settings: Record<string, string> = {}): Promise<readonly CollectedSpan[]> {
  const collector = await startOtlpCollector();
  const rig = await startRig({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...settings });
  try {
    rig.world.services.services.order.faults.set({ route: '*', kind: 'error' });
    const { url } = rig.service;
    const answer = await fetch(`${url}/api/profile`, { headers: { ...rig.as('alice'), traceparent } });
    expect(await answer.json()).toMatchObject({ _meta: { degraded: [{ source: 'orders' }] } });
  } finally {
    // Stopping exports the remaining spans.
    await rig.close();
    await collector.close();
  }
  return collector.spans();
}

const traceId = 'abcdef0123456789abcdef0123456789';
const traceparent = `00-${traceId}-1234567890abcdef-01`;

test('one request creates one span tree below the span of its caller, with a span per screen, source and attempt', async () => {
  const spans = await tracedProfile();
  const tree = spans.filter((span) => span.traceId === traceId);
  const [root, ...others] = tree.filter(({ parentSpanId }) => parentSpanId === '1234567890abcdef');
  expect(others).toEqual([]);
  expect(root).toMatchObject({
    name: 'GET /api/profile',
    service: 'web-bff',
    attributes: { 'http.route': '/api/profile', 'http.response.status_code': 200, 'bff.degraded': 'orders' },
  });
  const childrenOf = ({ spanId }: CollectedSpan) =>
    tree.filter(({ parentSpanId }) => parentSpanId === spanId);
  const [screen] = childrenOf(root!);
  expect(screen).toMatchObject({ name: 'screen profile' });
  const sources = childrenOf(screen!);
  expect(sources.map(({ name }) => name).sort()).toEqual([
    'loyalty.tier',
    'notification.unreadCount',
    'order.recent',
    'user.preferences',
    'user.profile',
  ]);
  for (const source of sources) {
    const lost = source.name === 'order.recent';
    expect(source).toMatchObject({ failed: lost, attributes: { 'bff.outcome': lost ? 'error' : 'value' } });
    const tries = childrenOf(source);
    expect(tries).toHaveLength(1);
    for (const each of tries) expect(each.attributes['http.response.status_code']).toBe(lost ? 500 : 200);
  }
  // Every span has a parent in the tree: the context was never lost.
  const ids = new Set(tree.map(({ spanId }) => spanId));
  expect(tree.filter(({ parentSpanId }) => !ids.has(parentSpanId))).toEqual([root]);
  expect(spanTree(tree).split('\n')).toHaveLength(tree.length);
});

test('no span identifies the user', async () => {
  const spans = await tracedProfile();
  expect(spans.length).toBeGreaterThan(5);
  const own = spans.filter((span) => span.traceId === traceId);
  expect(JSON.stringify(own)).not.toMatch(/alice|acme|Bearer|__Host/);
});

test('ignores the sampled flag of an unauthenticated client: with a sampling ratio of 0 no span is created', async () => {
  const spans = await tracedProfile({ OTEL_TRACES_SAMPLER_ARG: '0' });
  expect(spans).toEqual([]);
});
