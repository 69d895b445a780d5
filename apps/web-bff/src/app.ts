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
import { announceRevalidation } from './auth/announce-revalidation.ts';
import { loginPage } from './auth/login-pages.ts';
import { authRoutes } from './auth-routes.ts';
import { openApiDocument } from './contract/openapi.ts';
import { requireSameOrigin } from './csrf.ts';
import { demoPage } from './demo-page.ts';
import type { AppDependencies } from './dependencies.ts';
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
  app.use(apiReference(openApiDocument(), { apiKeys: { page: '1' } }));
  app.use(problemPages());
  app.use(signalsEndpoint(deps.signals));
  app.use('/auth', authRoutes(deps.auth));
  // The CSRF check runs before authentication, so that a forged request causes no session read and no
  // upstream call.
  app.use(
    '/api',
    requireSameOrigin(deps.auth.origin, deps.crossOrigin.corsOrigins),
    identifyCaller(deps.caller),
    announceRevalidation(deps.auth.now),
    shareFairly,
    screenRouter(screens, deps.family, deps),
  );
  if (deps.demoPage) app.use(demoPage(deps.demoPage));
  app.use(notFound());
  app.use(problemHandler({ pageOf: loginPage }));
  return app;
}
