import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { contextOf, createLogger, withRequestContext, type RequestContext } from '../../src/index.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(
  handle: (context: RequestContext, request: IncomingMessage) => string | undefined,
): Promise<number> {
  const middleware = withRequestContext(createLogger('test', 'silent'));
  const server = createServer((request, response) =>
    middleware(request, response, () => {
      const body = handle(contextOf(request), request);
      if (body !== undefined) response.end(body);
    }),
  ).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const ask = async (headers: Record<string, string>): Promise<{ id: string | null; trace: string }> => {
  const port = await serve(({ traceparent }) => traceparent);
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
  return { id: response.headers.get('x-request-id'), trace: await response.text() };
};

describe('request context', () => {
  test.each(['12345678', 'a.b_c~d-0', 'x'.repeat(128)])(
    'a well-formed X-Request-ID of the client is kept: %s',
    async (id) => {
      expect((await ask({ 'x-request-id': id })).id).toBe(id);
    },
  );

  test.each(['short', 'x'.repeat(129), 'with space', 'new%0aline', '<script>'])(
    'a malformed X-Request-ID of the client is replaced: %j',
    async (id) => {
      expect((await ask({ 'x-request-id': id })).id).toMatch(/^[0-9a-f]{24}$/);
    },
  );

  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const spanId = '00f067aa0ba902b7';
  test("a request with a valid traceparent continues the trace with a new span id and the caller's flags", async () => {
    for (const [given, flags] of [
      [`00-${traceId}-${spanId}-00`, '00'],
      [`cc-${traceId}-${spanId}-01-what-the-future`, '01'],
    ]) {
      const { trace } = await ask({ traceparent: given! });
      expect(trace).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-${flags}$`));
      expect(trace).not.toContain(spanId);
    }
  });

  test.each([
    `ff-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}`,
    'garbage',
  ])('a malformed traceparent starts a new trace: %s', async (traceparent) => {
    const { trace } = await ask({ traceparent });
    expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(trace).not.toContain(traceId);
  });

  test('F14 the budget of a request starts when the request arrives, and does not include the time in which the client sends the body', async () => {
    const seen: number[] = [];
    const port = await serve((context) => {
      seen.push(context.remaining(1_000));
      context.excuse(500);
      seen.push(context.remaining(1_000));
      return 'x';
    });
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const [before = 0, after = 0] = seen;
    expect(before).toBeLessThanOrEqual(1_000);
    expect(after - before).toBeGreaterThan(400);
    expect(after - before).toBeLessThanOrEqual(500);
  });

  test('A3 the signal of a request aborts when the client disconnects, and does not abort when the request was answered', async () => {
    const signals: AbortSignal[] = [];
    const port = await serve(({ signal }, request) => {
      signals.push(signal);
      return request.url === '/answered' ? 'x' : undefined;
    });
    await (await fetch(`http://127.0.0.1:${port}/answered`)).text();
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /hangs HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(servers[0]!, 'request');
    const aborted = once(signals[1]!, 'abort');
    socket.destroy();
    await aborted;
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });

  test('contextOf throws when the middleware withRequestContext is missing', () => {
    expect(() => contextOf({} as IncomingMessage)).toThrow('withRequestContext');
  });
});
