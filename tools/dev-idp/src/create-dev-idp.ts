import type { IncomingMessage, ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import { createCallCounter } from './control/call-counter.ts';
import { answerControl, isControlPath } from './control/control-routes.ts';
import { createControl, type DevIdpControl } from './control/control.ts';
import { endpointOf, isLoginForm } from './provider/endpoints.ts';
import { createFaults } from './control/faults.ts';
import { loginInteraction } from './interaction/login-interaction.ts';
import { createMemoryStore } from './provider/memory-store.ts';
import { createProviderClock } from './provider/provider-clock.ts';
import { createConfiguration } from './provider/provider-configuration.ts';
import type { SigningKeys } from './provider/signing-keys.ts';

/** Receives one line per internal error or failed back-channel logout. */
export type Report = (line: string) => void;

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Creates the provider and its control functions, without a socket. */
export function createDevIdp(
  issuer: string,
  keys: SigningKeys,
  tokenFamilies: readonly string[],
  report: Report,
): { readonly control: DevIdpControl; readonly answer: Listener } {
  const store = createMemoryStore();
  const disabledUsers = new Set<string>();
  const configure = createConfiguration(store.adapter, tokenFamilies, disabledUsers);
  const clock = createProviderClock();
  const faults = createFaults();
  const counter = createCallCounter();

  /**
   * Creates a provider over the existing storage, also at each key rotation, because oidc-provider freezes
   * its key set on creation.
   */
  function newProvider(): { readonly provider: Provider; readonly answer: Listener } {
    const provider = new Provider(issuer, configure(keys.jwks()));
    provider.on('server_error', (_context, error) => report(`provider: ${error.message}`));
    provider.onerror = (error) => report(`provider: ${error.message}`);
    provider.on('backchannel.error', (_context, error, client) =>
      report(`back-channel logout at ${client.clientId}: ${error.message}`),
    );
    return { provider, answer: provider.callback() };
  }

  const issuerHost = new URL(issuer).host;
  let current = newProvider();
  const control = createControl({
    issuer,
    keys,
    store,
    clock,
    faults,
    counter,
    disabledUsers,
    provider: () => current.provider,
    renewProvider() {
      current = newProvider();
    },
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '', issuer);
    if (!url) return void response.writeHead(400).end();
    if (isControlPath(url.pathname)) return answerControl(control, url, request, response);
    const endpoint = endpointOf(url.pathname);
    if (endpoint) {
      counter.count(endpoint);
      if (await faults.applyFault(endpoint, response)) return;
    }
    const { provider, answer: answerByProvider } = current;
    // The metadata must contain the issuer's addresses, whatever `Host` the client sent, as they do at a
    // provider with a fixed host name.
    request.headers.host = issuerHost;
    return clock.run(() =>
      isLoginForm(url.pathname)
        ? loginInteraction(provider, request, response)
        : answerByProvider(request, response),
    );
  }

  return { control, answer };
}
