import { createBrowser, loginThroughForm, type Browser } from '@bff/dev-idp';
import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthTokens,
} from '@modelcontextprotocol/client';

export interface AgentConnection {
  /** Address of the endpoint: `http://localhost:3004/mcp`. */
  readonly url: string;
  /** A demo user, who consents to every scope that the agent requests. */
  readonly username: string;
  /** Password of the user. Default `demo`. */
  readonly password?: string;
  /**
   * Client id of the agent: registered at the provider, or the https URL of a Client ID Metadata Document.
   * Default `demo-agent`.
   */
  readonly clientId?: string;
  /** Revision of the protocol. Default `auto`: the latest that both sides support. */
  readonly revision?: 'legacy' | 'auto';
  /**
   * Answers a question of the server to the user (elicitation): returns whether the user agrees, or undefined
   * when the user closes the form. Default: the client does not announce that it supports questions.
   */
  readonly onQuestion?: (message: string) => boolean | undefined;
  /** Sends the requests. Default: Node's fetch. */
  readonly fetch?: typeof fetch;
}

export interface ConnectedAgent {
  readonly client: Client;
  /** Returns the scopes of the current token. */
  scopes(): readonly string[];
  /** Calls a tool. When a scope is missing, the user logs in again with it, and the call is repeated. */
  call(name: string, args?: Record<string, unknown>): ReturnType<Client['callTool']>;
  close(): Promise<void>;
}

/** Nothing has to listen at this address, because the browser does not follow the redirect to it. */
const redirectUri = 'http://127.0.0.1:49201/callback';

/**
 * Connects the official MCP client to a server, as an agent on the user's machine does.
 * Only the address is configured: the server's metadata names the provider, at which the user logs in.
 *
 * @example const { call } = await connectAgent({ url: 'http://localhost:3004/mcp', username: 'alice' });
 */
export async function connectAgent(options: AgentConnection): Promise<ConnectedAgent> {
  const { url, revision = 'auto', onQuestion } = options;
  const login = createLogin(options);
  const newTransport = () =>
    new StreamableHTTPClientTransport(new URL(url), {
      authProvider: login.provider,
      ...(options.fetch && { fetch: options.fetch }),
    });
  function newClient(): Client {
    const capabilities = onQuestion ? { elicitation: { form: {} } } : {};
    const about = { name: 'demo-agent', version: '1.0.0' };
    const made = new Client(about, { capabilities, versionNegotiation: { mode: revision } });
    if (onQuestion)
      made.setRequestHandler('elicitation/create', ({ params }) => {
        const agree = onQuestion(params.message);
        return agree === undefined ? { action: 'cancel' } : { action: 'accept', content: { agree } };
      });
    return made;
  }

  let transport = newTransport();
  let client = newClient();
  try {
    await client.connect(transport);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    await transport.finishAuth(login.callback());
    transport = newTransport();
    client = newClient();
    await client.connect(transport);
  }
  return {
    client,
    scopes: () => login.scopes(),
    async call(name, args = {}) {
      const params = { name, arguments: args };
      try {
        return await client.callTool(params);
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error;
        await transport.finishAuth(login.callback());
        return client.callTool(params);
      }
    },
    close: () => client.close(),
  };
}

/** Creates a login that the demo user always completes. */
function createLogin({ username, password = 'demo', clientId = 'demo-agent' }: AgentConnection) {
  const browser: Browser = createBrowser();
  const hasDocument = clientId.startsWith('https:');
  let client = hasDocument ? undefined : { client_id: clientId };
  let tokens: StoredOAuthTokens | undefined;
  let discovered: OAuthDiscoveryState | undefined;
  let verifier = '';
  let callback = new URLSearchParams();
  const provider: OAuthClientProvider = {
    redirectUrl: redirectUri,
    clientMetadata: {
      client_name: 'Demo agent',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    },
    clientInformation: () => client,
    ...(hasDocument && {
      clientMetadataUrl: clientId,
      saveClientInformation: (saved: typeof client) => void (client = saved),
    }),
    tokens: () => tokens,
    saveTokens: (saved) => void (tokens = saved),
    saveDiscoveryState: (saved) => void (discovered = saved),
    discoveryState: () => discovered,
    saveCodeVerifier: (saved) => void (verifier = saved),
    codeVerifier: () => verifier,
    async redirectToAuthorization(authorizationUrl) {
      const login = { authorizationUrl: authorizationUrl.href, username, password, browser };
      callback = new URL(await loginThroughForm(login)).searchParams;
    },
  };
  return {
    provider,
    callback: () => callback,
    scopes: () => (tokens?.scope ?? '').split(' ').filter(Boolean),
  };
}
