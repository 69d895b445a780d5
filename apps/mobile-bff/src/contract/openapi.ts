import { describeTable, signalsApi } from '@bff/screens';
import { describeApi, namedSchemas, type JsonNode } from '@bff/shaping';
import { screens } from '../screens.ts';
import { named } from './oauth-answers.ts';
import { oauthOperations } from './oauth-operations.ts';
import { tableStyle } from './table-style.ts';

/** The public contract of mobile-bff as an OpenAPI 3.1 document. */
export function openApiDocument(): JsonNode {
  const { operations, schemas } = describeTable(screens, tableStyle);
  return describeApi({
    info: {
      title: 'Mobile API',
      version: '1.0.0',
      summary: 'What apps and devices ask: one call per screen, and then only what has changed.',
      description:
        'Additive changes come without notice: ignore members that you do not know. What your tenant may not see is absent.',
    },
    tags: {
      Screens: 'Views composed of several services; `_meta` says what they are worth',
      Writes: 'Changes',
      OAuth: 'The authorization server, to which stock clients log in',
      ...signalsApi.tags,
    },
    security: [{ token: [] }, { dpop: [] }],
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'Opaque, of `/oauth/token`.' },
      dpop: {
        type: 'http',
        scheme: 'dpop',
        description: 'The same, bound to a key, with a proof in `DPoP` (RFC 9449).',
      },
      ...signalsApi.securitySchemes,
    },
    operations: [...operations, ...oauthOperations, ...signalsApi.operations],
    headers: signalsApi.headers,
    problemHeaders: ['Idempotency-Replayed'],
    schemas: { ...namedSchemas(named), ...signalsApi.schemas, ...schemas },
  });
}
