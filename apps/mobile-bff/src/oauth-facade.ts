import type { IncomingMessage } from 'node:http';
import {
  oauthPaths,
  OAuthError,
  type AuthorizationServer,
  type FinishedLogins,
  type KeyBinding,
  type LogoutReceiver,
  type RelyingParty,
  type RequestFacts,
  type RollbackWatch,
  type Seal,
  type SessionStore,
  type UserSessions,
} from '@bff/auth-delegation';
import { networkOf, type StateStore } from '@bff/service-kit';
import { methodNotAllowed } from '@bff/shaping';
import type { TenantDirectory } from '@bff/tenancy';
import { Router, type Request, type RequestHandler } from 'express';
import { authorize } from './oauth/authorize.ts';
import { backchannelLogout, backchannelLogoutPath } from './oauth/backchannel-logout.ts';
import { callback } from './oauth/callback.ts';
import { createDeviceConfirmations } from './oauth/device-confirmations.ts';
import { createDevicePage } from './oauth/device-page.ts';
import { oauthErrors, pageErrors } from './oauth/errors.ts';
import { createIdpLogin } from './oauth/idp-login.ts';
import { formBody, formOf } from './oauth/parameters.ts';

export interface OAuthFacadeOptions {
  readonly server: AuthorizationServer;
  /** Registration of this app at the identity provider. */
  readonly relyingParty: RelyingParty;
  /** Store of the tokens. */
  readonly sessions: SessionStore;
  /** Sessions of the user in apps and browsers. */
  readonly userSessions: UserSessions;
  readonly logouts: LogoutReceiver;
  readonly rollbacks: RollbackWatch;
  readonly directory: TenantDirectory;
  /** Verifies DPoP proofs. */
  readonly keyBinding: KeyBinding;
  readonly factsOf: (request: IncomingMessage) => RequestFacts;
  readonly clientAddressOf: (request: IncomingMessage) => string | undefined;
  readonly store: StateStore;
  /** Encrypts the data that browsers hold during a login. */
  readonly seal: Seal;
  readonly finishedLogins: FinishedLogins;
  readonly now: () => number;
}

/**
 * Creates the routes of the authorization server that serves apps and devices. It delegates logins to the
 * identity provider.
 */
export function oauthFacade(options: OAuthFacadeOptions): Router {
  const { server, directory, store } = options;
  const idpLogin = createIdpLogin(options);
  const devicePage = createDevicePage({ server, idpLogin, confirmations: createDeviceConfirmations(store) });
  const { metadata, openIdMetadata, keys, ...ownPaths } = oauthPaths;
  const { authorize: authorizePath, callback: callbackPath, device, ...posts } = ownPaths;
  const router = Router();
  const get = (path: string, handler: RequestHandler) =>
    router
      .route(path)
      .get(handler)
      .all(methodNotAllowed(['GET']));
  const post = (path: string, handler: RequestHandler) =>
    router
      .route(path)
      .post(formBody(), handler)
      .all(methodNotAllowed(['POST']));

  get(metadata, publicly(server.metadata));
  get(openIdMetadata, publicly(server.openIdMetadata));
  get(
    keys,
    publicly(() => ({ keys: [] })),
  );
  router.use('/oauth', noStore);
  get(authorizePath, authorize(server, idpLogin));
  get(callbackPath, callback({ server, idpLogin, directory, devicePage }));
  router
    .route(device)
    .get(devicePage.show)
    .post(formBody(), devicePage.submit)
    .all(methodNotAllowed(['GET', 'POST']));
  post(posts.pushedAuthorization, async (request, response) => {
    const form = clientFormOf(request);
    if (!idpLogin.passedFrom(form))
      throw new OAuthError(
        'invalid_request',
        'a parameter for the identity provider is malformed, too long or given twice: correct it or omit it',
      );
    const jkt = await options.keyBinding.keyOf(options.factsOf(request));
    response.status(201).json(server.pushAuthorize(form, jkt));
  });
  post(posts.token, async (request, response) => {
    const form = clientFormOf(request);
    const jkt = await options.keyBinding.keyOf(options.factsOf(request));
    response.json(await server.exchange(form, { userAgent: request.headers['user-agent'], jkt }));
  });
  post(posts.deviceAuthorization, async (request, response) => {
    const address = networkOfClient(options.clientAddressOf(request));
    response.json(await server.deviceAuthorization(clientFormOf(request), { address }));
  });
  post(posts.revoke, async (request, response) => {
    await server.revoke(clientFormOf(request));
    response.status(200).end();
  });
  post(backchannelLogoutPath, backchannelLogout(options.logouts));
  router.use([authorizePath, callbackPath, device], pageErrors());
  router.use([...Object.values(posts), backchannelLogoutPath], oauthErrors());
  return router;
}

/**
 * Returns the rate limit key of an address: IPv4 addresses as they are, IPv6 by network, because a subscriber
 * has many addresses.
 */
const networkOfClient = (address = ''): string =>
  address.includes('.') ? address.replace(/^::ffff:/i, '') : networkOf(address);

/** Creates a handler of public metadata, which pages of every origin may read (F51). */
const publicly =
  (document: () => object): RequestHandler =>
  (_request, response) =>
    void response
      .set({ 'Cache-Control': 'public, max-age=3600', 'Access-Control-Allow-Origin': '*' })
      .json(document());

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/**
 * Parses the form. Rejects a request with an `Authorization` field: all clients of this server are public, so
 * a client that sends a secret is configured for another server.
 */
function clientFormOf(request: Request): URLSearchParams {
  if (request.headers.authorization !== undefined)
    throw new OAuthError('invalid_client', 'clients are public: send client_id in the form and no secret');
  return formOf(request);
}
