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
import { authRoutes, type AuthDependencies } from './auth-routes.ts';
import { openApiDocument } from './contract/openapi.ts';
import { requireSameOrigin } from './csrf.ts';
import { demoPage, type DemoPageOptions } from './demo-page.ts';
import { screenRoutes } from './routes.ts';
import { type Clients } from './clients.ts';

export interface AppDependencies {
  readonly log: Logger;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly auth: AuthDependencies;
  readonly caller: IdentifyCallerOptions;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly clients: Clients;
  readonly bodyLimits: BodyLimits;
  readonly sender: Sender;
  readonly paging: Paging;
  /** Holds every answer to its schema; outside production. */
  readonly verifyAnswers: boolean;
  /** Outside production. */
  readonly demoPage?: DemoPageOptions | undefined;
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
  app.use('/auth', authRoutes(deps.auth));
  // Before anybody is identified: a forged request reads no session and calls nobody.
  app.use(
    '/api',
    requireSameOrigin(deps.auth.origin),
    identifyCaller(deps.caller),
    shareFairly,
    screenRoutes(deps),
  );
  if (deps.demoPage) app.use(demoPage(deps.demoPage));
  app.use(notFound());
  app.use(problemHandler());
  return app;
}
