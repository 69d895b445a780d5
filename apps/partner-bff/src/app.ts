import {
  callerOf,
  identifyCaller,
  type ActingIdentity,
  type IdentifyCallerOptions,
} from '@bff/auth-delegation';
import { withRequestContext, type LoadShedding, type Logger } from '@bff/service-kit';
import {
  documentCompression,
  problemHandler,
  publicDocument,
  securityHeaders,
  type BodyLimits,
  type PageCursors,
  type Sender,
} from '@bff/shaping';
import { type Quotas } from '@bff/tenancy';
import express, { type Express } from 'express';
import { announceVersion, unsupportedVersion } from './announce-version.ts';
import { openApiDocument } from './contract/openapi.ts';
import { versions } from './contract/versions.ts';
import { documentation } from './documentation.ts';
import { type Idempotency } from './idempotency.ts';
import { limitRequests } from './limit-requests.ts';
import { problemPage } from './problem-page.ts';
import { type ResourceTags } from './resource-tags.ts';
import { screenRoutes } from './routes.ts';
import { type Clients } from './clients.ts';

export interface AppDependencies {
  readonly log: Logger;
  readonly shareFairly: LoadShedding['shareFairly'];
  readonly caller: IdentifyCallerOptions;
  readonly quotas: Quotas;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  readonly clients: Clients;
  readonly bodyLimits: BodyLimits;
  readonly sender: Sender;
  readonly cursors: PageCursors;
  readonly tags: ResourceTags;
  readonly idempotency: Idempotency;
  /** Holds every answer to its schema; outside production. */
  readonly verifyAnswers: boolean;
}

/** The app behind the public port: middleware one per line, routes, error handler last. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  const shareFairly = deps.shareFairly((request) => callerOf(request).tenant.id);
  const openApi = openApiDocument();
  const page = documentation(openApi);
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(withRequestContext(deps.log));
  app.use(securityHeaders());
  app.get(
    '/openapi.json',
    documentCompression(),
    publicDocument('application/json', JSON.stringify(openApi)),
  );
  app.get(
    '/docs',
    documentCompression(),
    publicDocument('text/html; charset=utf-8', page.html, page.headers),
  );
  app.get('/problems/:type', problemPage());
  for (const version of versions)
    app.use(
      `/${version.name}`,
      announceVersion(version),
      identifyCaller(deps.caller),
      shareFairly,
      limitRequests(deps.quotas),
      screenRoutes(deps, version),
    );
  app.use(unsupportedVersion());
  app.use(problemHandler());
  return app;
}
