import { ProviderUnavailable, type AuthorizationServer, type BeginLogin } from '@bff/auth-delegation';
import type { RequestHandler } from 'express';
import type { IdpLogin } from './idp-login.ts';
import { message } from './pages.ts';
import { onlyValue, queryOf } from './parameters.ts';
import { redirect } from './redirect.ts';

const prompts: readonly (string | undefined)[] = ['none', 'login', 'consent', 'select_account'];

/** Creates the authorization endpoint (RFC 6749, section 4.1.1), which redirects to the provider. */
export function authorize(server: AuthorizationServer, idpLogin: IdpLogin): RequestHandler {
  return async function handleAuthorize(request, response) {
    const outcome = server.validateAuthorize(queryOf(request));
    if (outcome.kind === 'show') return message('app-refused', outcome.error.message)(request, response, 400);
    if (outcome.kind === 'redirect') return redirect(request, response, outcome.location);
    const { parameters } = outcome;
    const passed = idpLogin.passedFrom(parameters);
    if (!passed) return redirect(request, response, server.refuse(outcome.request, 'invalid_request'));
    try {
      const aim = { kind: 'code', request: outcome.request } as const;
      await idpLogin.begin(request, response, aim, { ...passed, prompt: promptOf(parameters) });
    } catch (error) {
      const code =
        error instanceof ProviderUnavailable
          ? 'temporarily_unavailable'
          : error instanceof RangeError && 'invalid_request';
      if (!code) throw error;
      redirect(request, response, server.refuse(outcome.request, code));
    }
  };
}

/** Returns the valid `prompt` of the app; ignores unknown values. */
function promptOf(parameters: URLSearchParams): BeginLogin['prompt'] {
  const prompt = onlyValue(parameters, 'prompt');
  return prompts.includes(prompt) ? (prompt as BeginLogin['prompt']) : undefined;
}
