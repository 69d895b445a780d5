/** One call of the page, as its panel shows it. */
export interface Exchange {
  readonly path: string;
  readonly status: number;
  /** From the call to the last byte, milliseconds. */
  readonly ms: number;
  /** Of the body as it was sent. */
  readonly wireBytes: number;
  /** Of the body as it is read. */
  readonly bodyBytes: number;
  readonly coding: string;
  readonly etag: string | null;
  readonly sources: readonly SourceTiming[];
}

export interface SourceTiming {
  readonly name: string;
  readonly ms: number;
}

/** `fetch` past the browser's cache, so that a 304 is seen; each exchange is told. No answer at all is a 503, so that callers know one kind of failure. */
export const measuredFetch =
  (tell: (exchange: Exchange) => void) =>
  async (request: Request): Promise<Response> => {
    const begun = performance.now();
    const response = await fetch(request, { cache: 'no-store' }).catch(() => undefined);
    if (!response) return Response.json({ title: 'web-bff gives no answer' }, { status: 503 });
    const body = await response.clone().arrayBuffer();
    const { headers, status } = response;
    tell({
      path: new URL(request.url).pathname,
      status,
      ms: performance.now() - begun,
      wireBytes: Number(headers.get('content-length') ?? body.byteLength),
      bodyBytes: body.byteLength,
      coding: headers.get('content-encoding') ?? 'identity',
      etag: headers.get('etag'),
      sources: sourcesIn(headers.get('server-timing') ?? ''),
    });
    return response;
  };

/** `user;dur=4.2, orders;dur=12` (Server Timing, section 2). */
function sourcesIn(serverTiming: string): SourceTiming[] {
  const metrics = serverTiming.matchAll(/([\w-]+)[^,]*?;\s*dur=([\d.]+)/g);
  return [...metrics].map(([, name = '', ms]) => ({ name, ms: Number(ms) }));
}
