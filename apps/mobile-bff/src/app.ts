import { identifyCaller, type ActingIdentity, type IdentifyCallerOptions } from '@bff/auth-delegation';
import { withRequestContext, type Logger } from '@bff/service-kit';
import { notFound, problemHandler, type BodyLimits, type Paging, type Sender } from '@bff/shaping';
import { type UpstreamClients } from '@bff/upstream-clients';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { oauthFacade, type OAuthFacadeOptions } from './oauth-facade.ts';
import { screenRoutes } from './routes.ts';

export interface AppDependencies {
  readonly log: Logger;
  readonly oauth: OAuthFacadeOptions;
  readonly caller: IdentifyCallerOptions;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly clients: UpstreamClients;
  readonly bodyLimits: BodyLimits;
  readonly sender: Sender;
  readonly paging: Paging;
}

/**
 * Every answer here is JSON or a redirect, never a page: nothing may be loaded from it, frame it or guess its type. What
 * protects pages only is left out, since it would be bytes on every answer; the pages of the OAuth server bring their own policy.
 */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** The app behind the public port: middleware one per line, routes, error handler last. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(withRequestContext(deps.log));
  app.use(protect);
  app.use(oauthFacade(deps.oauth));
  app.use('/api', identifyCaller(deps.caller), screenRoutes(deps));
  app.use(notFound());
  app.use(problemHandler());
  return app;
}
