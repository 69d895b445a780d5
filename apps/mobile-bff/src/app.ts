import {
  callerOf,
  identifyCaller,
  type ActingIdentity,
  type IdentifyCallerOptions,
} from '@bff/auth-delegation';
import { withRequestContext, type LoadShedding, type Logger } from '@bff/service-kit';
import {
  documentCompression,
  notFound,
  problemHandler,
  publicDocument,
  type BodyLimits,
  type Paging,
  type Sender,
} from '@bff/shaping';
import { type UpstreamClients } from '@bff/upstream-clients';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { openApiDocument } from './contract/openapi.ts';
import { oauthFacade, type OAuthFacadeOptions } from './oauth-facade.ts';
import { screenRoutes } from './routes.ts';
import { type ScreenSender } from './screen-sender.ts';

export interface AppDependencies {
  readonly log: Logger;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly oauth: OAuthFacadeOptions;
  readonly caller: IdentifyCallerOptions;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly clients: UpstreamClients;
  readonly bodyLimits: BodyLimits;
  readonly sender: Sender;
  readonly screens: ScreenSender;
  readonly paging: Paging;
  /** Holds every answer to its schema; outside production. */
  readonly verifyAnswers: boolean;
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
  const shareFairly = deps.shareFairly((request) => callerOf(request).tenant.id);
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(withRequestContext(deps.log));
  app.use(protect);
  app.get(
    '/openapi.json',
    documentCompression(),
    publicDocument('application/json', JSON.stringify(openApiDocument())),
  );
  app.use(oauthFacade(deps.oauth));
  app.use('/api', identifyCaller(deps.caller), shareFairly, screenRoutes(deps));
  app.use(notFound());
  app.use(problemHandler());
  return app;
}
