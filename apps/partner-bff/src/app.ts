import { callerOf, identifyCaller, signalsEndpoint } from '@bff/auth-delegation';
import { screenRouter } from '@bff/screens';
import { withRequestContext } from '@bff/service-kit';
import { apiReference, crossOrigin, problemHandler, problemPages, securityHeaders } from '@bff/shaping';
import express, { type Express } from 'express';
import { announceVersion, unsupportedVersion } from './announce-version.ts';
import { openApiDocument } from './contract/openapi.ts';
import { versions } from './contract/versions.ts';
import type { AppDependencies } from './dependencies.ts';
import { limitRequests } from './limit-requests.ts';
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
  for (const version of versions)
    app.use(
      `/${version.name}`,
      announceVersion(version),
      identifyCaller(deps.caller),
      shareFairly,
      limitRequests(deps.quotas),
      screenRouter(screens, deps.familyOf(version), deps),
    );
  app.use(unsupportedVersion());
  app.use(problemHandler());
  return app;
}
