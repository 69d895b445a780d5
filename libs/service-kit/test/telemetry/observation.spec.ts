import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import {
  contextOf,
  createLogger,
  observeScreen,
  withRequestContext,
  type Degradation,
  type Service,
  type ServiceOptions,
  type TenantId,
} from '../../src/index.ts';
import { startTestService } from '../process/start-test-service.ts';

let service: Service | undefined;
afterEach(async () => void (await service?.stop()));

const lines: Record<string, unknown>[] = [];
const log = createLogger(
  'test',
  'info',
  new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  }),
);
const accessLines = () => lines.filter(({ msg }) => msg === 'request');

const lost: Degradation = { source: 'things', reason: 'timeout', fallback: 'default' };

/** Routes as Express leaves them on a request; the test of each app covers the real ones. */
const routes: readonly (readonly [pattern: RegExp, path: string])[] = [
  [/^\/api\/things\/[^/]+$/i, '/things/:id'],
  [/^\/api\/page$/, '/page'],
  [/^\/api\/broken\/[^/]+$/, '/broken/:id'],
  [/^\/api\/hangs$/, '/hangs'],
].map(([pattern, path]) => [pattern as RegExp, path as string]);
const expressRoutes = new Map(routes.map(([, path]) => [path, { path }]));

function app(): RequestListener {
  const inContext = withRequestContext(log);
  const answer = async (request: IncomingMessage, path: string | undefined): Promise<number> => {
    if (path === undefined) return 404;
    Object.assign(request, { route: expressRoutes.get(path), originalUrl: request.url });
    contextOf(request).facts.tenant = 't1' as TenantId;
    if (path === '/broken/:id') return 500;
    const screen = path === '/page' ? 'page' : 'thing';
    const degraded = screen === 'page' ? [lost] : [];
    await observeScreen(request, screen, async () => ({ kind: 'view', degraded }));
    return path === '/hangs' ? 0 : 200;
  };
  return (request, response) =>
    inContext(request, response, () => {
      const path = routes.find(([pattern]) => pattern.test(request.url?.split('?', 1)[0] ?? ''))?.[1];
      void answer(request, path).then((status) => status > 0 && response.writeHead(status).end());
    });
}

async function start(options: Partial<ServiceOptions> = {}) {
  lines.length = 0;
  service = await startTestService({
    app: app(),
    log,
    readiness: { store: async () => undefined },
    ...options,
  });
  const { url, managementUrl } = service;
  return {
    get: async (path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(url + path, { headers });
      await answer.arrayBuffer();
    },
    metrics: async () => (await fetch(`${managementUrl}/metrics`)).text(),
    console: async () =>
      (await fetch(`${managementUrl}/console/data.json`)).json() as Promise<{
        readonly recent: readonly object[];
      }>,
    url,
    managementUrl,
  };
}

describe('request metrics', () => {
  test('requests are counted by route pattern, method and class of status, and no label has a value that a client can choose', async () => {
    const { get, metrics } = await start();
    for (const path of ['/API/things/2?x=1', '/api/things/1', '/api/broken/7', '/api/nothing/9', '/wp-admin'])
      await get(path);
    const counts = [...(await metrics()).matchAll(/^bff_request_seconds_count\{(.*?)\} (\d+)$/gm)].map(
      ([, labels, value]) =>
        `${labels?.replace(',service="test"', '').replace('service="test",', '')} ${value}`,
    );
    expect(counts.sort()).toEqual([
      'route="/api/broken/:id",method="GET",status="5xx" 1',
      'route="/api/things/:id",method="GET",status="2xx" 2',
      'route="none",method="GET",status="4xx" 2',
    ]);
  });

  test('a request whose client disconnects is counted with the status aborted', async () => {
    const { url, metrics } = await start();
    const request = httpRequest(`${url}/api/hangs`)
      .on('error', () => undefined)
      .end();
    await until(async () => /^bff_requests_in_flight\{.*\} 1$/m.test(await metrics()));
    request.destroy();
    const counted = /^bff_request_seconds_count\{.*route="\/api\/hangs".*status="aborted"/m;
    await until(async () => counted.test(await metrics()));
  });

  test('degraded sources are counted, and the console lists the last 50 without data of the user', async () => {
    const { get, metrics, console } = await start();
    for (let i = 0; i < 53; i++) await get('/api/page');
    expect(await metrics()).toMatch(
      /bff_degraded_total\{screen="page",source="things",reason="timeout",fallback="default",service="test"\} 53/,
    );
    const { recent } = await console();
    expect(recent).toHaveLength(50);
    expect(recent[0]).toEqual({ at: expect.any(Number), tenant: 't1', screen: 'page', ...lost });
  });

  test('each scrape of the metrics reports the version and the current state of the dependencies', async () => {
    let up = true;
    const { metrics } = await start({
      readiness: { store: async () => void (up || (await Promise.reject(new Error('gone')))) },
    });
    expect(await metrics()).toContain('bff_dependency_up{dependency="store",service="test"} 1');
    up = false;
    expect(await metrics()).toContain('bff_dependency_up{dependency="store",service="test"} 0');
    expect(await metrics()).toMatch(/bff_build_info\{version=".+",node="24\..+",service="test"\} 1/);
  });
});

describe('access line', () => {
  const traceparent = '00-abcdef0123456789abcdef0123456789-1234567890abcdef-01';

  test('an access line contains the request id, the tenant, the route and the result, but neither the requested URL nor the user', async () => {
    const { get } = await start();
    await get('/api/things/secret-42?token=abc', { traceparent, 'X-Request-ID': 'request-12345' });
    await get('/api/page');
    expect(accessLines()).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        service: 'test',
        msg: 'request',
        request_id: 'request-12345',
        trace_id: 'abcdef0123456789abcdef0123456789',
        tenant: 't1',
        method: 'GET',
        route: '/api/things/:id',
        status: 200,
        ms: expect.any(Number),
      },
      expect.objectContaining({ route: '/api/page', degraded: ['things'] }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret-42|token|abc&/);
  });

  test('with an access log share of 0, an access line is written only for failed and degraded requests', async () => {
    const { get } = await start({ accessLogSample: 0 });
    for (const path of ['/api/things/1', '/api/page', '/api/broken/1']) await get(path);
    expect(accessLines().map(({ route }) => route)).toEqual(['/api/page', '/api/broken/:id']);
  });
});

describe('console', () => {
  test('the console is one page, and its content security policy permits only its own script and style', async () => {
    const { managementUrl } = await start();
    const page = await fetch(`${managementUrl}/console`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self';/,
    );
    expect(policy).not.toContain('unsafe');
    expect(await page.text()).not.toMatch(/https?:\/\/(?!www\.w3\.org)|style="|\son\w+=/);
  });

  test('the console shows the totals since the start of the process', async () => {
    const { get, console } = await start();
    await get('/api/things/1');
    await get('/api/broken/1');
    expect(await console()).toMatchObject({
      service: 'test',
      dependencies: { store: 1 },
      requests: { count: 2, statuses: { '2xx': 1, '5xx': 1 }, buckets: { '+Inf': 2 } },
      upstreams: [],
      recent: [],
    });
  });

  const statusFor = async (path: string, host: string): Promise<number | undefined> => {
    const { managementUrl } = await start();
    const asked = httpRequest(`${managementUrl}${path}`, { headers: { Host: host } }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };

  test.each([
    ['localhost:9101', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:9101', 200],
    ['10.1.2.3', 200],
    ['[::1]:9101', 200],
    ['[::1]', 200],
    ['rebound.example:9101', 421],
    ['localhost.example', 421],
    ['127.0.0.1.example', 421],
    ['web-bff:9101', 421],
    ['x@127.0.0.1', 400],
  ])(
    'as a protection against DNS rebinding, the console answers a request with Host %j with %i',
    async (host, status) => {
      expect(await statusFor('/console/data.json', host)).toBe(status);
      await service?.stop();
      expect(await statusFor('/console', host)).toBe(status);
    },
  );

  test('the pages that Prometheus and other services read are served under any DNS name', async () => {
    expect(await statusFor('/metrics', 'web-bff:9101')).toBe(200);
    await service?.stop();
    expect(await statusFor('/readyz', 'web-bff.bff.svc:9101')).toBe(200);
  });
});
