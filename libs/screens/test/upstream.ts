import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as an upstream received it. */
export interface UpstreamCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  /** Captures of the route's pattern. */
  readonly params: readonly string[];
  /** Whether the caller disconnected before the answer. */
  readonly aborted: () => boolean;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined sends no body. */
  readonly body?: unknown;
}

/** Returns a reply, or a promise that never resolves for an upstream that hangs. */
export type Respond = (call: UpstreamCall) => Reply | Promise<Reply>;

/** A real HTTP server whose routes a test sets. */
export interface FakeUpstream {
  readonly address: string;
  /** Every call since the last `reset`, in the order of arrival. */
  readonly calls: UpstreamCall[];
  /** The largest number of concurrent calls since the last `reset`. */
  maxInFlight(): number;
  /** @param route such as `GET /things/*`; each `*` is one segment. The latest route that matches counts */
  on(route: string, respond: Respond): void;
  /** Removes routes and calls of the previous test. */
  reset(): void;
  close(): Promise<void>;
}

export const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  body,
  headers,
});
export const hang = (): Promise<never> => new Promise(() => undefined);
export const after = async (ms: number, reply: Reply): Promise<Reply> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return reply;
};

export async function startUpstream(): Promise<FakeUpstream> {
  const routes = new Map<string, Respond>();
  const calls: UpstreamCall[] = [];
  let inFlight = 0;
  let maxInFlight = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://upstream');
    const method = request.method ?? '';
    let aborted = false;
    maxInFlight = Math.max(maxInFlight, ++inFlight);
    response.once('close', () => {
      inFlight--;
      aborted = !response.writableFinished;
    });
    const text = String(Buffer.concat(await request.toArray()));
    const found = matching(routes, `${method} ${pathname}`);
    const call: UpstreamCall = {
      method,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      params: found?.params ?? [],
      aborted: () => aborted,
    };
    calls.push(call);
    const { status = 200, headers = {}, body } = found ? await found.respond(call) : { status: 404 };
    const content = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, { ...(content && { 'Content-Type': 'application/json' }), ...headers });
    response.end(content);
  }

  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    maxInFlight: () => maxInFlight,
    on(route, respond) {
      routes.delete(route);
      routes.set(route, respond);
    },
    reset() {
      routes.clear();
      calls.length = 0;
      maxInFlight = inFlight;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function matching(routes: ReadonlyMap<string, Respond>, line: string) {
  for (const [route, respond] of [...routes].reverse()) {
    const match = new RegExp(`^${route.replaceAll('*', '([^/]+)')}$`).exec(line);
    if (match) return { respond, params: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}
