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
  securityHeaders,
  type BodyLimits,
  type Paging,
  type Sender,
} from '@bff/shaping';
import express, { type Express } from 'express';
import { openApiDocument } from './contract/openapi.ts';
import { oauthFacade, type OAuthFacadeOptions } from './oauth-facade.ts';
import { screenRoutes } from './routes.ts';
import { type ScreenSender } from './screen-sender.ts';
import { type Clients } from './clients.ts';

export interface AppDependencies {
  readonly log: Logger;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly oauth: OAuthFacadeOptions;
  readonly caller: IdentifyCallerOptions;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly clients: Clients;
  readonly bodyLimits: BodyLimits;
  readonly sender: Sender;
  readonly screens: ScreenSender;
  readonly paging: Paging;
  /** Holds every answer to its schema; outside production. */
  readonly verifyAnswers: boolean;
}

/** The app behind the public port: middleware one per line, routes, error handler last. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  const shareFairly = deps.shareFairly((request) => callerOf(request).tenant.id);
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(withRequestContext(deps.log));
  app.use(securityHeaders());
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
