import type { Page } from 'playwright-core';

interface Exchange {
  readonly status: number;
  /** The `Cookie` header as the browser sent it. */
  readonly cookie: string;
}

/**
 * Returns the exchange with `url` that `action` triggers, as the network stack reports it. The page's script
 * does not see these data, nor does Playwright if CORP blocks the answer.
 */
export async function onTheWire(page: Page, url: string, action: () => Promise<unknown>): Promise<Exchange> {
  const network = await page.context().newCDPSession(page);
  const seen = new Map<string, { url?: string; cookie?: string; status?: number }>();
  const exchange = new Promise<Exchange>((resolve) => {
    // The three events arrive in any order, and those of earlier requests may arrive late.
    const note = (id: string, part: { url?: string; cookie?: string; status?: number }) => {
      const { url: to, cookie, status } = { ...seen.get(id), ...part };
      seen.set(id, { url: to, cookie, status });
      if (to === url && cookie !== undefined && status !== undefined) resolve({ status, cookie });
    };
    network.on('Network.requestWillBeSent', ({ requestId, request }) =>
      note(requestId, { url: request.url }),
    );
    network.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) =>
      note(requestId, { cookie: headers['Cookie'] ?? '' }),
    );
    network.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) =>
      note(requestId, { status: statusCode }),
    );
  });
  await network.send('Network.enable');
  await action();
  return exchange;
}
