import type { RequestListener } from 'node:http';
import { consoleData } from '../console/console-data.ts';
import { consolePage } from '../console/console-page.ts';
import { isLocalHost } from '../config/local-host.ts';
import { operationsListener, type ManagementOperations } from './management-operations.ts';
import { createReadiness, type ReadinessOptions } from './readiness.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RecentDegradations } from '../telemetry/recent-degradations.ts';

export interface ManagementPages extends ReadinessOptions {
  readonly recent: RecentDegradations;
  readonly metrics: Metrics;
  readonly draining: () => boolean;
  /**
   * Further pages by path, such as `/.well-known/jwks.json`; each returns JSON, computed at every request.
   */
  readonly json?: Readonly<Record<string, () => unknown>>;
  /** Operations for operators. default: no operations are served */
  readonly operations?: ManagementOperations | undefined;
}

/** Creates the handler of the management port, which must not be reachable from outside. */
export function managementListener({
  recent,
  metrics,
  draining,
  readiness,
  dispensable,
  json = {},
  operations,
}: ManagementPages): RequestListener {
  const evaluate = createReadiness({ readiness, ...(dispensable && { dispensable }) });
  const ready = async (): Promise<[number, unknown]> => {
    const { ok: canServe, checks } = await evaluate();
    const ok = canServe && !draining();
    return [ok ? 200 : 503, { status: ok ? 'ready' : draining() ? 'draining' : 'not ready', checks }];
  };
  const pages: Record<string, () => Promise<[number, unknown]> | [number, unknown]> = {
    '/livez': () => [200, { status: 'alive' }],
    '/readyz': ready,
    '/console/data.json': async () => [200, await consoleData(metrics, recent)],
  };
  metrics.lazyGauge('bff_dependency_up', '1: the dependency answers', ['dependency'], async (gauge) => {
    const each = Object.entries(readiness).map(async ([dependency, check]) => {
      const up = await check().then(
        () => true,
        () => false,
      );
      gauge.labels(dependency).set(Number(up));
    });
    await Promise.all(each);
  });
  const operate = operations && operationsListener(operations);
  for (const [path, make] of Object.entries(json)) pages[path] = () => [200, make()];

  return function management(request, response) {
    response.setHeader('Cache-Control', 'no-store');
    const path = request.url?.split('?', 1)[0] ?? '/';
    if (operate && Object.hasOwn(operations.byPath, path)) return operate(path, request, response);
    // Only the console is protected against DNS rebinding: browsers read it, whereas services and Prometheus
    // request the other pages by DNS names.
    if (/^\/console(?:\/|$)/.test(path) && !isLocalHost(request.headers.host))
      return void response
        .writeHead(421, { 'Content-Type': 'text/plain' })
        .end('the console is for localhost and IP addresses\n');
    if (path === '/console')
      return void response
        .writeHead(200, { 'Content-Type': consolePage.contentType, ...consolePage.headers })
        .end(consolePage.body);
    answer(path).then(
      ([status, contentType, body]) => response.writeHead(status, { 'Content-Type': contentType }).end(body),
      () => response.writeHead(500).end(),
    );
  };

  async function answer(path: string): Promise<[status: number, contentType: string, body: string]> {
    if (path === '/metrics') {
      const { contentType, body } = await metrics.render();
      return [200, contentType, body];
    }
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    const [status, body] = page
      ? await page()
      : [404, { status: 'not found', pages: ['/metrics', '/console', ...Object.keys(pages)] }];
    return [status, 'application/json', JSON.stringify(body)];
  }
}
