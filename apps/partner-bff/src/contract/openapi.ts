import { AnswerSchemas, describeTable, signalsApi } from '@bff/screens';
import { describeApi, namedSchemas, type JsonNode } from '@bff/shaping';
import { z } from 'zod';
import { screens } from '../screens.ts';
import { about, tags } from './about.ts';
import { guide } from './guide.ts';
import { scopes } from './scopes.ts';
import { problemHeaders, tableStyle } from './table-style.ts';
import { versions } from './versions.ts';

/** The schemas that are the same in every version. */
const named = z.registry<{ readonly id: string }>();

z.object({
  etag: z.string().optional().meta({ description: 'Of a complete answer to a read.' }),
  complete: z.boolean().meta({ description: 'Whether every source answered.' }),
  degraded: z.array(
    z.object({
      source: z.string(),
      reason: z.enum(['timeout', 'open', 'error', 'shed', 'bad-response']),
      fallback: z.enum(['stale', 'tenant', 'default']),
      age_ms: z.int().optional(),
    }),
  ),
}).register(named, { id: 'Meta' });

z.object({
  type: z.string().meta({ description: '`/problems/<name>`: the names are a closed list.' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().meta({ description: 'The path that was asked for.' }),
  request_id: z.string().meta({ description: 'Quote it when you ask us.' }),
}).register(named, { id: 'Problem' });

/** The public contract of partner-bff as an OpenAPI 3.1 document. */
export function openApiDocument(): JsonNode {
  const schemas = new AnswerSchemas();
  const operations = versions.flatMap(
    (version) => describeTable(screens, tableStyle(version), schemas).operations,
  );
  return describeApi({
    info: { ...about, description: guide },
    tags: { ...tags, ...signalsApi.tags },
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'at+jwt',
        description: `RFC 9068 access token by client credentials; audience \`partner-bff\`; may be bound to a client certificate (RFC 8705). ${scopeTexts}`,
      },
      dpop: {
        type: 'http',
        scheme: 'dpop',
        description:
          'Access token bound to a key, with a proof in `DPoP` (RFC 9449); the scopes are the same.',
      },
      ...signalsApi.securitySchemes,
    },
    operations: [...operations, ...signalsApi.operations],
    headers: { ...headers, ...signalsApi.headers },
    problemHeaders,
    schemas: { ...namedSchemas(named), ...signalsApi.schemas, ...schemas.all() },
  });
}

/** OpenAPI 3.1, Security Requirement: for a scheme that is not `oauth2` the scopes are told in words. */
const scopeTexts = Object.entries(scopes)
  .map(([name, meaning]) => `\`${name}\`: ${meaning}`)
  .join(' ');

const text = (description: string): JsonNode => ({ description, schema: { type: 'string' } });

const headers: Readonly<Record<string, JsonNode>> = {
  ETag: text('Strong validator of exactly this answer; the `If-None-Match` of the next.'),
  'RateLimit-Policy': text('`"burst";q=100;w=60`: quota and window in seconds.'),
  RateLimit: text('`"burst";r=50;t=30`: what remains, and seconds until the window ends.'),
  'Retry-After': text('Seconds.'),
  Deprecation: text('RFC 9745: since when this version is deprecated.'),
  Sunset: text('RFC 8594: when this version ends.'),
  Link: text('RFC 9745: where to read of the deprecation.'),
  'Idempotency-Replayed': text('`true` when the answer is that of an earlier request with this key.'),
};
