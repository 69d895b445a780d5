type Fetch = (request: Request) => Promise<Response>;

/** Minimum time between two revalidations in the background, in milliseconds. */
const pauseMs = 30_000;

/**
 * Wraps `fetch` for a page. Revalidates the session in the background when an answer says `BFF-Session:
 * revalidate`. When that answer is a 401, revalidates first and then repeats the request once. Concurrent
 * requests share one revalidation.
 * @param url URL of `POST /auth/revalidate`
 */
export function withRevalidation(fetch: Fetch, url: string): Fetch {
  let pending: Promise<boolean> | undefined;
  let calledAt = -Infinity;

  function revalidate(): Promise<boolean> {
    calledAt = performance.now();
    const request = new Request(url, {
      method: 'POST',
      headers: { 'X-CSRF': '1' },
      credentials: 'same-origin',
    });
    pending ??= fetch(request)
      .then(
        ({ ok }) => ok,
        () => false,
      )
      .finally(() => (pending = undefined));
    return pending;
  }

  return async function fetchAndRevalidate(request) {
    const again = request.clone();
    const response = await fetch(request);
    if (response.headers.get('BFF-Session') !== 'revalidate') return response;
    if (response.status === 401) return (await revalidate()) ? fetch(again) : response;
    if (performance.now() - calledAt > pauseMs) void revalidate();
    return response;
  };
}
