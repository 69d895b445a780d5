import { text } from 'node:stream/consumers';
import { keyPair, publicJwk, signed, type KeyPair } from './forge.ts';
import { listen, type Publisher } from './publisher.ts';

/** An OpenID provider whose responses the test chooses. */
export interface TestIssuer {
  readonly issuer: string;
  readonly key: KeyPair;
  /** Published keys. */
  keys: readonly unknown[];
  /** Members that replace those of the discovery document. */
  metadata: Readonly<Record<string, unknown>>;
  /** Answers 500 to every request while true. */
  down: boolean;
  /** Closes the connection in the middle of a token response while true. */
  cutsBodies: boolean;
  /** Creates the ID token of a token response; undefined omits it. */
  idToken: (request: URLSearchParams) => string | undefined;
  /** Replaces the complete token response. */
  tokenAnswer: { readonly status: number; readonly body: unknown } | undefined;
  /**
   * Answers an authorization request; by default it redirects with an error, because no user is logged in.
   */
  authorize: (request: URLSearchParams) => { readonly status: number; readonly location?: string };
  /** Number of calls by path. */
  readonly calls: Readonly<Record<'/.well-known/openid-configuration' | '/jwks' | '/token', number>>;
  /** Parameters of the last token request. */
  lastTokenRequest: URLSearchParams | undefined;
  close(): Promise<void>;
}

/** The tokens that accompany an ID token, to check that they are not kept. */
export const providerTokens = [
  'the-access-token-of-the-provider',
  'the-refresh-token-of-the-provider',
] as const;

/** Redirects with an error. @param error default: there is no user */
export const sentBack = (request: URLSearchParams, error = 'login_required') => ({
  status: 303,
  location: `${request.get('redirect_uri')}?${new URLSearchParams({ error, state: request.get('state') ?? '' })}`,
});

export async function startIssuer(alg = 'RS256'): Promise<TestIssuer> {
  const key = keyPair(alg, 'issuer-key');
  const calls = { '/.well-known/openid-configuration': 0, '/jwks': 0, '/token': 0 };
  const issuer: { url: string } = { url: '' };
  const state = {
    keys: [publicJwk(key)] as readonly unknown[],
    metadata: {},
    down: false,
    cutsBodies: false,
    idToken: (): string | undefined => signed(key, {}, {}),
    tokenAnswer: undefined,
    authorize: sentBack,
    lastTokenRequest: undefined as URLSearchParams | undefined,
  } as unknown as TestIssuer;

  const answers: Readonly<Record<string, (body: URLSearchParams) => unknown>> = {
    '/.well-known/openid-configuration': () => ({
      issuer: issuer.url,
      authorization_endpoint: `${issuer.url}/authorize`,
      token_endpoint: `${issuer.url}/token`,
      end_session_endpoint: `${issuer.url}/logout`,
      jwks_uri: `${issuer.url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [alg],
      authorization_response_iss_parameter_supported: true,
      ...state.metadata,
    }),
    '/jwks': () => ({ keys: state.keys }),
    '/token': (body) => {
      state.lastTokenRequest = body;
      const [access_token, refresh_token] = providerTokens;
      return {
        access_token,
        refresh_token,
        token_type: 'Bearer',
        expires_in: 300,
        id_token: state.idToken(body),
      };
    },
  };

  const publisher: Publisher = await listen(async (request, response) => {
    const [route, query] = (request.url ?? '').split('?');
    if (route === '/authorize') {
      const { status, location } = state.authorize(new URLSearchParams(query));
      return void response.writeHead(status, location === undefined ? {} : { Location: location }).end();
    }
    const path = route as keyof typeof calls;
    if (path in calls) calls[path] += 1;
    const body = new URLSearchParams(await text(request));
    const special = path === '/token' ? state.tokenAnswer : undefined;
    const answer = special?.body ?? answers[path]?.(body);
    response.writeHead(state.down ? 500 : (special?.status ?? (answer ? 200 : 404)), {
      'Content-Type': 'application/json',
    });
    const json = JSON.stringify(answer ?? {});
    if (state.cutsBodies && path === '/token')
      return void response.write(json.slice(0, json.length / 2), () => request.socket.destroy());
    response.end(json);
  });
  issuer.url = publisher.url;
  return Object.assign(state, { issuer: issuer.url, key, calls, close: publisher.close });
}
