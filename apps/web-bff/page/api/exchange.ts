/** One call of the page, with the figures that the exchange panel shows. */
export interface Exchange {
  readonly path: string;
  readonly status: number;
  /** Milliseconds from the call to the last byte. */
  readonly ms: number;
  /** Size of the body as sent. */
  readonly wireBytes: number;
  /** Size of the decoded body. */
  readonly bodyBytes: number;
  readonly coding: string;
  readonly etag: string | null;
  readonly sources: readonly SourceTiming[];
}

export interface SourceTiming {
  readonly name: string;
  readonly ms: number;
}

/**
 * Wraps `fetch` to report each exchange. Bypasses the browser's cache, so that a 304 is visible. Returns a
 * 503 after a network error, so that callers handle one kind of failure.
 */
export const measuredFetch =
  (report: (exchange: Exchange) => void) =>
  async (request: Request): Promise<Response> => {
    const startedAt = performance.now();
    const response = await fetch(request, { cache: 'no-store' }).catch(() => undefined);
    if (!response) return Response.json({ title: 'web-bff does not respond' }, { status: 503 });
    const body = await response.clone().arrayBuffer();
    const { headers, status } = response;
    report({
      path: new URL(request.url).pathname,
      status,
      ms: performance.now() - startedAt,
      wireBytes: Number(headers.get('content-length') ?? body.byteLength),
      bodyBytes: body.byteLength,
      coding: headers.get('content-encoding') ?? 'identity',
      etag: headers.get('etag'),
      sources: sourcesIn(headers.get('server-timing') ?? ''),
    });
    return response;
  };

/** Parses `user;dur=4.2, orders;dur=12` (Server Timing, section 2). */
function sourcesIn(serverTiming: string): SourceTiming[] {
  const metrics = serverTiming.matchAll(/([\w-]+)[^,]*?;\s*dur=([\d.]+)/g);
  return [...metrics].map(([, name = '', ms]) => ({ name, ms: Number(ms) }));
}
