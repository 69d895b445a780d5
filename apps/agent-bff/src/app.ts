import { mcpEndpoint, originGuard } from '@bff/agent-tools';
import { callerOf, identifyCaller, signalsEndpoint } from '@bff/auth-delegation';
import { withRequestContext } from '@bff/service-kit';
import {
  apiReference,
  crossOrigin,
  methodNotAllowed,
  notFound,
  problemHandler,
  problemPages,
  publicDocument,
  securityHeaders,
} from '@bff/shaping';
import express, { type Express } from 'express';
import { about } from './contract/about.ts';
import { openApiDocument } from './contract/openapi.ts';
import type { AppDependencies } from './dependencies.ts';
import { endpointPath } from './endpoint.ts';
import { limitRequests } from './limit-requests.ts';
import { tools } from './tools.ts';

/** Creates the Express app of the public port: middleware in order, then routes, then the error handler. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  const { resource } = deps;
  const shareFairly = deps.shareFairly((request) => callerOf(request).tenant.id);
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.enable('case sensitive routing').enable('strict routing');
  app.use(withRequestContext(deps.log));
  app.use(securityHeaders());
  app.use(crossOrigin(deps.crossOrigin));
  app.use(apiReference(openApiDocument()));
  app.use(problemPages());
  app.use(signalsEndpoint(deps.signals));
  app
    .route(resource.path)
    .get(publicDocument('application/json', JSON.stringify(resource.metadata)))
    .all(methodNotAllowed(['GET']));
  app.all(
    endpointPath,
    originGuard([...deps.crossOrigin.corsOrigins, resource.origin]),
    identifyCaller(deps.caller),
    shareFairly,
    limitRequests(deps.quotas),
    mcpEndpoint({
      server: { name: 'agent-bff', title: about.title, version: about.version },
      tools,
      run: deps.run,
      receipts: deps.receipts,
      bodyLimits: deps.bodyLimits,
    }),
  );
  app.use(notFound());
  app.use(resource.challenge);
  app.use(problemHandler());
  return app;
}
