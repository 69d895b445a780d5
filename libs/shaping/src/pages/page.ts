import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { html, Html } from './html.ts';

/** An HTML page without scripts or external resources, never shown in a frame. */
export interface Page {
  readonly body: Html;
  readonly contentSecurityPolicy: string;
}

export interface PageContent {
  /** Language tag (BCP 47). */
  readonly language: string;
  readonly title: string;
  readonly content: Html;
  /**
   * Allowed targets of the page's forms. Default `nowhere`, for a page without forms. `anywhere` is for a
   * form whose response redirects to the identity provider, which may redirect to any URL: browsers apply
   * `form-action` to redirects too.
   */
  readonly forms?: 'nowhere' | 'self' | 'anywhere';
}

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f2f4f7; color: #1d2433; }
main { max-width: 22rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: .75rem; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
input { width: 100%; box-sizing: border-box; padding: .5rem; font: 1.5rem ui-monospace, monospace; }
button, a.button { display: block; box-sizing: border-box; margin-top: 1rem; width: 100%; padding: .6rem; font: inherit; text-align: center; text-decoration: none; color: #fff; background: #2456c5; border: 0; border-radius: .375rem; }
button.quiet, a.quiet { color: #2456c5; background: none; }
.alert { color: #b3261e; } .code { font: 1.5rem ui-monospace, monospace; }
`;
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
];
const formActions = { nowhere: ["form-action 'none'"], self: ["form-action 'self'"], anywhere: [] };

const writtenFromTheRight = /^(?:ar|fa|he|ur)\b/;

export function createPage({ language, title, content, forms = 'nowhere' }: PageContent): Page {
  const direction = writtenFromTheRight.test(language) ? html` dir="rtl"` : undefined;
  const body = html`<!doctype html>
<html lang="${language}"${direction}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(style)}</style>
<main>
<h1>${title}</h1>
${content}
</main>
</html>
`;
  return { body, contentSecurityPolicy: [...policy, ...formActions[forms]].join('; ') };
}

/**
 * Sends a page with `no-store`. Its referrer policy hides the URL, which may contain a code, but keeps
 * `Origin` in the page's forms, which `no-referrer` would send as `null`.
 */
export function sendPage(response: Response, status: number, { body, contentSecurityPolicy }: Page): void {
  response
    .status(status)
    .set({
      'Content-Security-Policy': contentSecurityPolicy,
      'Referrer-Policy': 'strict-origin',
      'Cache-Control': 'no-store',
    })
    .vary('Accept-Language')
    .type('html')
    .send(String(body));
}
