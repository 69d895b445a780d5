const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f2f4f7; color: #1d2433; }
  main { max-width: 20rem; margin: 12vh auto; padding: 2rem; background: #fff; border-radius: .75rem;
         box-shadow: 0 .25rem 1.5rem #0002; }
  h1 { font-size: 1.25rem; margin: 0 0 1rem; }
  label { display: block; margin-top: .75rem; }
  input[type=text], input[type=password] { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit;
         border: 1px solid #aab; border-radius: .375rem; }
  button { margin-top: 1.25rem; width: 100%; padding: .6rem; font: inherit; color: #fff; background: #2456c5;
         border: 0; border-radius: .375rem; cursor: pointer; }
  button.quiet { color: #2456c5; background: none; margin-top: .25rem; }
  .alert { color: #b3261e; } .code { font: 1.5rem ui-monospace, monospace; } small { color: #5a6478; }`;

/** Header fields of the pages: no scripts, no framing, no caching. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
} as const;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</html>
`;

const alert = (message: string | undefined): string =>
  message === undefined ? '' : `<p class="alert" role="alert">${escape(message)}</p>`;

export interface LoginPage {
  readonly clientName: string;
  readonly username: string;
  /** Error message of the previous attempt. */
  readonly message?: string;
}

/** Renders the login form. The form has no `action`, so browsers submit it to the address of the page. */
export const loginPage = ({ clientName, username, message }: LoginPage): string =>
  page(
    `Sign in to ${clientName}`,
    `${alert(message)}
<form method="post">
<label>User name <input type="text" name="username" value="${escape(username)}" autocomplete="username" autofocus required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button>
</form>
<p><small>alice and bob belong to acme, gina to globex, max to both; acme-user-001 and globex-user-001 are the first of many.
Every password is demo.</small></p>`,
  );

/**
 * Renders the page on which the user confirms a logout. `form`, here and in the pages below, is made by
 * oidc-provider and contains its CSRF token.
 */
export const logoutPage = (form: string): string =>
  page(
    'Sign out?',
    `${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
<button type="submit" form="op.logoutForm" class="quiet">Stay signed in</button>`,
  );

export const loggedOutPage = (): string => page('Signed out', '<p>You may close this page.</p>');

export const deviceCodePage = (form: string, message: string | undefined): string =>
  page(
    'Connect a device',
    `${alert(message)}
<p>Enter the code that the device shows.</p>
${form}
<button type="submit" form="op.deviceInputForm">Continue</button>`,
  );

export const deviceConfirmPage = (form: string, clientName: string, userCode: string): string =>
  page(
    `Connect ${clientName}?`,
    `<p>Go on only if the device shows this code:</p>
<p class="code">${escape(userCode)}</p>
${form}
<button type="submit" form="op.deviceConfirmForm" autofocus>Continue</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes" class="quiet">Refuse</button>`,
  );

export const deviceDonePage = (): string =>
  page('Device connected', '<p>Go back to the device; you may close this page.</p>');

export const errorPage = (error: string, description: string): string =>
  page('The request failed', `${alert(description)}<p><small>${escape(error)}</small></p>`);
