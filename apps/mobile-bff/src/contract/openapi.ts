import { describeTable, signalsApi } from '@bff/screens';
import { describeApi, namedSchemas, type JsonNode } from '@bff/shaping';
import { screens } from '../screens.ts';
import { named } from './oauth-answers.ts';
import { oauthOperations } from './oauth-operations.ts';
import { tableStyle } from './table-style.ts';

/** Creates the OpenAPI 3.1 document of mobile-bff. */
export function openApiDocument(): JsonNode {
  const { operations, schemas } = describeTable(screens, tableStyle);
  return describeApi({
    info: {
      title: 'Mobile API',
      version: '1.0.0',
      summary: 'API for apps and devices: one call per screen, then patches of what changed.',
      description:
        'Members may be added without notice: ignore those that you do not know. Members that your tenant may not see are absent.',
    },
    tags: {
      Screens: 'Views composed of several services; `_meta` says whether they are complete',
      Writes: 'Changes',
      OAuth: 'The authorization server, for any standard OAuth client',
      ...signalsApi.tags,
    },
    security: [{ token: [] }, { dpop: [] }],
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description: 'Opaque access token, issued by `/oauth/token`.',
      },
      dpop: {
        type: 'http',
        scheme: 'dpop',
        description: 'The same access token, bound to a proof key, with a proof in `DPoP` (RFC 9449).',
      },
      ...signalsApi.securitySchemes,
    },
    operations: [...operations, ...oauthOperations, ...signalsApi.operations],
    headers: signalsApi.headers,
    problemHeaders: ['Idempotency-Replayed'],
    schemas: { ...namedSchemas(named), ...signalsApi.schemas, ...schemas },
  });
}
