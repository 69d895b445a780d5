import type { Page } from 'playwright-core';

/** The options of `fetch` that can be serialized into a page. */
export type PageRequest = Pick<RequestInit, 'method' | 'mode' | 'credentials' | 'cache'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** The part of an answer that a script of the page can read. */
export interface Seen {
  /** 0 for an answer that the browser hides (`mode: 'no-cors'`). */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `undefined` for other content. */
  readonly body: unknown;
}

/** Calls `fetch` in a script of the page. Resolves to `'blocked'` when the browser rejects the call. */
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
