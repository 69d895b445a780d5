import { AnswerSchemas, describeTable, signalsApi } from '@bff/screens';
import { describeApi, namedSchemas, type JsonNode } from '@bff/shaping';
import { z } from 'zod';
import { screens } from '../screens.ts';
import { about, tags } from './about.ts';
import { guide } from './guide.ts';
import { scopes } from './scopes.ts';
import { problemHeaders, tableStyle } from './table-style.ts';
import { versions } from './versions.ts';

/** Schemas that all versions share. */
const named = z.registry<{ readonly id: string }>();

z.object({
  etag: z
    .string()
    .optional()
    .meta({ description: 'ETag of the answer; present only in complete answers to reads.' }),
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
  instance: z.string().meta({ description: 'The path of the request.' }),
  request_id: z.string().meta({ description: 'Quote it in support requests.' }),
}).register(named, { id: 'Problem' });

/** Creates the OpenAPI 3.1 document of partner-bff. */
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
        description: `RFC 9068 access token, obtained by client credentials; audience \`partner-bff\`; may be bound to a client certificate (RFC 8705). ${scopeTexts}`,
      },
      dpop: {
        type: 'http',
        scheme: 'dpop',
        description:
          'Access token bound to a proof key, with a proof in `DPoP` (RFC 9449); the scopes are the same.',
      },
      ...signalsApi.securitySchemes,
    },
    operations: [...operations, ...signalsApi.operations],
    headers: { ...headers, ...signalsApi.headers },
    problemHeaders,
    schemas: { ...namedSchemas(named), ...signalsApi.schemas, ...schemas.all() },
  });
}

/**
 * OpenAPI 3.1, Security Requirement: only `oauth2` schemes describe scopes, so the description lists them.
 */
const scopeTexts = Object.entries(scopes)
  .map(([name, meaning]) => `\`${name}\`: ${meaning}`)
  .join(' ');

const text = (description: string): JsonNode => ({ description, schema: { type: 'string' } });

const headers: Readonly<Record<string, JsonNode>> = {
  ETag: text('Strong validator of exactly this answer; send it as `If-None-Match` in the next request.'),
  'RateLimit-Policy': text('`"burst";q=100;w=60`: quota and window in seconds.'),
  RateLimit: text('`"burst";r=50;t=30`: remaining requests, and seconds until the window ends.'),
  'Retry-After': text('Seconds to wait before a retry.'),
  Deprecation: text('RFC 9745: date since which this version is deprecated.'),
  Sunset: text('RFC 8594: date on which this version ends.'),
  Link: text('RFC 9745: documentation of the deprecation.'),
  'Idempotency-Replayed': text('`true` if the answer is replayed from an earlier request with this key.'),
};
