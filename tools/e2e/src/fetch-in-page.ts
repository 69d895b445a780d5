import type { Page } from 'playwright-core';

/** What of `fetch`'s options can be handed to a page. */
export type PageRequest = Pick<RequestInit, 'method' | 'mode' | 'credentials' | 'cache'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** What the script of a page gets to see. */
export interface Seen {
  /** 0 of an answer that the browser hides (`mode: 'no-cors'`). */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, else `undefined`. */
  readonly body: unknown;
}

/** `fetch` as a script of the page does it; `'blocked'` when the browser lets it see nothing at all. */
export function fetchInPage(page: Page, url: string, init: PageRequest = {}): Promise<Seen | 'blocked'> {
  return page.evaluate(
    async ({ url, init }) => {
      try {
        const answer = await fetch(url, init);
        const body: unknown = await answer.json().catch(() => undefined);
        return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
      } catch {
        return 'blocked' as const;
      }
    },
    { url, init },
  );
}
