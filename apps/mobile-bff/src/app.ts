import { callerOf, identifyCaller, signalsEndpoint } from '@bff/auth-delegation';
import { screenRouter } from '@bff/screens';
import { withRequestContext } from '@bff/service-kit';
import {
  apiReference,
  crossOrigin,
  notFound,
  problemHandler,
  problemPages,
  securityHeaders,
} from '@bff/shaping';
import express, { type Express } from 'express';
import { openApiDocument } from './contract/openapi.ts';
import type { AppDependencies } from './dependencies.ts';
import { oauthFacade } from './oauth-facade.ts';
import { failurePage } from './oauth/pages.ts';
import { userSessionRoutes } from './oauth/user-sessions.ts';
import { screens } from './screens.ts';

/** Creates the Express app of the public port: middleware in order, then routes, then the error handler. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  const shareFairly = deps.shareFairly((request) => callerOf(request).tenant.id);
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.enable('case sensitive routing').enable('strict routing');
  app.use(withRequestContext(deps.log));
  app.use(securityHeaders());
  app.use(crossOrigin(deps.crossOrigin));
  app.use(apiReference(openApiDocument()));
  app.use(problemPages());
  app.use(signalsEndpoint(deps.signals));
  app.use(oauthFacade(deps.oauth));
  app.use(userSessionRoutes(deps.oauth));
  app.use('/api', identifyCaller(deps.caller), shareFairly, screenRouter(screens, deps.family, deps));
  app.use(notFound());
  app.use(problemHandler({ pageOf: failurePage }));
  return app;
}
