import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { signIn } from '../demo-users.ts';
import { errorPage, loginPage, pageHeaders } from './pages.ts';
import { readBody } from '../http/read-body.ts';

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, pageHeaders);
  response.end(html);
}

/**
 * Shows the login form on GET and processes it on POST. The interaction cookie binds both to the browser that
 * started the login.
 */
export async function loginInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await interact(provider, request, response);
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    send(
      response,
      error.statusCode,
      errorPage(error.error, 'This login has expired or was started in another browser.'),
    );
  }
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  // First-party clients need no consent page, even when they request one by prompt=consent.
  if (prompt.name === 'consent') return provider.interactionFinished(request, response, { consent: {} });

  const clientName = String(params['client_id']);
  if (request.method !== 'POST') {
    const username = String(params['login_hint'] ?? session?.accountId ?? '');
    return send(response, 200, loginPage({ clientName, username }));
  }
  const form = new URLSearchParams(await readBody(request));
  const username = form.get('username') ?? '';
  const user = signIn(username, form.get('password') ?? '');
  if (!user) {
    const message = 'User name or password is wrong.';
    return send(response, 401, loginPage({ clientName, username, message }));
  }
  return provider.interactionFinished(request, response, {
    login: { accountId: user.id },
    select_account: {},
  });
}
