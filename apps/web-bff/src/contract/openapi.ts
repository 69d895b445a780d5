import { describeTable, signalsApi } from '@bff/screens';
import { describeApi, namedSchemas, type JsonNode } from '@bff/shaping';
import { screens } from '../screens.ts';
import { named } from './session-answers.ts';
import { sessionOperations } from './session-operations.ts';
import { tableStyle } from './table-style.ts';

/** The public contract of web-bff as an OpenAPI 3.1 document. */
export function openApiDocument(): JsonNode {
  const { operations, schemas } = describeTable(screens, tableStyle);
  return describeApi({
    info: {
      title: 'Web API',
      version: '1.0.0',
      summary: 'What the single-page app asks: one call per screen.',
      description:
        'Additive changes come without notice: ignore members that you do not know. What your tenant may not see is absent.',
    },
    tags: {
      Screens: 'Views composed of several services; `_meta` says what they are worth',
      Writes: 'Changes',
      Session: 'Logging in and out, and where one is logged in',
      ...signalsApi.tags,
    },
    security: [{ session: [], page: [] }],
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-bff',
        description: 'Opaque, HttpOnly: the browser sends it. It comes of `/auth/login`.',
      },
      page: {
        type: 'apiKey',
        in: 'header',
        name: 'X-CSRF',
        description: '`1`: what no foreign page can send.',
      },
      ...signalsApi.securitySchemes,
    },
    operations: [...operations, ...sessionOperations, ...signalsApi.operations],
    headers: {
      ...signalsApi.headers,
      'Clear-Site-Data': { description: 'Empties the back/forward cache.', schema: { type: 'string' } },
      Refresh: {
        description: 'Where the browser goes on to: the session at the identity provider ends there.',
        schema: { type: 'string' },
      },
    },
    problemHeaders: ['Idempotency-Replayed', 'BFF-Session'],
    schemas: { ...namedSchemas(named), ...signalsApi.schemas, ...schemas },
  });
}
