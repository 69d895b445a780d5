import { identifyCaller, type ActingIdentity, type IdentifyCallerOptions } from '@bff/auth-delegation';
import { withRequestContext, type Logger } from '@bff/service-kit';
import { notFound, problemHandler, type Paging, type Sender } from '@bff/shaping';
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
  readonly sender: Sender;
  readonly paging: Paging;
}

/** The app behind the public port: middleware one per line, routes, error handler last. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(withRequestContext(deps.log));
  app.use(helmet());
  app.use(oauthFacade(deps.oauth));
  app.use('/api', identifyCaller(deps.caller), screenRoutes(deps));
  app.use(notFound());
  app.use(problemHandler());
  return app;
}
