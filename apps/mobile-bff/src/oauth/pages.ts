import { createHash } from 'node:crypto';
import { oauthPaths } from '@bff/auth-delegation';
import { type Response } from 'express';
import { html, Html } from './html.ts';

/** A page for people: no script, nothing loaded, never in a frame. */
export interface Page {
  readonly body: Html;
  readonly contentSecurityPolicy: string;
}

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f2f4f7; color: #1d2433; }
main { max-width: 22rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: .75rem; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
input { width: 100%; box-sizing: border-box; padding: .5rem; font: 1.5rem ui-monospace, monospace; }
button { margin-top: 1rem; width: 100%; padding: .6rem; font: inherit; color: #fff; background: #2456c5; border: 0; border-radius: .375rem; }
button.quiet { color: #2456c5; background: none; }
.alert { color: #b3261e; } .code { font: 1.5rem ui-monospace, monospace; }
`;
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

function page(title: string, content: Html, ...morePolicy: readonly string[]): Page {
  const body = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(style)}</style>
<main>
<h1>${title}</h1>
${content}
</main>
</html>
`; // prettier-ignore
  return { body, contentSecurityPolicy: [...policy, ...morePolicy].join('; ') };
}

export function messagePage(title: string, text: string): Page {
  return page(title, html`<p>${text}</p>`, "form-action 'none'");
}

/**
 * Has no `form-action`: browsers hold every redirect after a form against it, and this form ends at the provider, or
 * wherever that one sends its users to log in. There is nothing on the page that could be led astray.
 */
export function deviceCodePage(typed: string, alert?: string): Page {
  return page(
    'Connect a device',
    html`${alert === undefined ? undefined : html`<p class="alert" role="alert">${alert}</p>`}
      <form method="post" action="${oauthPaths.device}">
        <label
          >Enter the code that the device shows.
          <input
            type="text"
            name="user_code"
            value="${typed}"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            autofocus
            required
        /></label>
        <button type="submit">Continue</button>
      </form>`,
  );
}

/** RFC 8628, section 5.4: the user must see what is let in, and be warned of codes that came by mail. */
export function deviceConfirmPage(clientName: string, userCode: string, confirmation: string): Page {
  return page(
    `Let ${clientName} in?`,
    html`<p>
        It will be signed in as you. Go on only if the device is with you and shows this code; nobody else may
        send you one.
      </p>
      <p class="code">${userCode}</p>
      <form method="post" action="${oauthPaths.device}">
        <input type="hidden" name="user_code" value="${userCode}" />
        <input type="hidden" name="confirmation" value="${confirmation}" />
        <button type="submit" name="decision" value="approve">Let it in</button>
        <button type="submit" name="decision" value="deny" class="quiet">Refuse</button>
      </form>`,
    "form-action 'self'",
  );
}

export function sendPage(response: Response, status: number, { body, contentSecurityPolicy }: Page): void {
  response
    .status(status)
    .set('Content-Security-Policy', contentSecurityPolicy)
    .type('html')
    .send(String(body));
}
