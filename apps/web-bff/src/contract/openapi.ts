import { describeTable, signalsApi } from '@bff/screens';
import { describeApi, namedSchemas, type JsonNode } from '@bff/shaping';
import { screens } from '../screens.ts';
import { named } from './session-answers.ts';
import { sessionOperations } from './session-operations.ts';
import { tableStyle } from './table-style.ts';

/** Creates the OpenAPI 3.1 document of web-bff. */
export function openApiDocument(): JsonNode {
  const { operations, schemas } = describeTable(screens, tableStyle);
  return describeApi({
    info: {
      title: 'Web API',
      version: '1.0.0',
      summary: 'API for the single-page app: one call per screen.',
      description:
        'Members may be added without notice: ignore those that you do not know. Members that your tenant may not see are absent.',
    },
    tags: {
      Screens: 'Views composed of several services; `_meta` says whether they are complete',
      Writes: 'Changes',
      Session: "Login, logout, and the user's sessions",
      ...signalsApi.tags,
    },
    security: [{ session: [], page: [] }],
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-bff',
        description: 'Opaque and HttpOnly; created by `/auth/login` and sent by the browser.',
      },
      page: {
        type: 'apiKey',
        in: 'header',
        name: 'X-CSRF',
        description: 'Must be `1`. Pages of other origins cannot send it (CSRF).',
      },
      ...signalsApi.securitySchemes,
    },
    operations: [...operations, ...sessionOperations, ...signalsApi.operations],
    headers: {
      ...signalsApi.headers,
      'Clear-Site-Data': { description: 'Empties the back/forward cache.', schema: { type: 'string' } },
      Refresh: {
        description: 'URL to which the browser continues, to end the session at the identity provider.',
        schema: { type: 'string' },
      },
    },
    problemHeaders: ['Idempotency-Replayed', 'BFF-Session'],
    schemas: { ...namedSchemas(named), ...signalsApi.schemas, ...schemas },
  });
}
