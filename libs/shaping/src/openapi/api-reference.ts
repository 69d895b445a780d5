import { readFileSync } from 'node:fs';
import { Router, type RequestHandler } from 'express';
import { methodNotAllowed } from '../problems/not-found.ts';
import { atPaths } from '../response/at-paths.ts';
import { publicDocument } from '../response/public-document.ts';
import type { JsonNode } from './json-node.ts';
import { swaggerUiFile, swaggerUiStart } from './swagger-ui.ts';

export interface ApiReferenceOptions {
  /**
   * Values of `apiKey` schemes that the page sends by default, by the name of the scheme. Default: it sends
   * no values.
   */
  readonly apiKeys?: Readonly<Record<string, string>>;
}

/**
 * Allows only scripts, styles and requests of this origin, and nothing inline. Images may be `data:` URLs,
 * because the style sheet contains its icons in that form.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API reference</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="reference"></div><noscript><a href="/openapi.json">OpenAPI document</a></noscript>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
`;

/** Files of the package with their media types. */
const files = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};

/**
 * Serves `/openapi.json`, and `/docs`: a page that shows this document and on which every operation can be
 * tried.
 * @example app.use(apiReference(openApiDocument()));
 */
export function apiReference(api: JsonNode, { apiKeys = {} }: ApiReferenceOptions = {}): RequestHandler {
  const { title } = api['info'] as { readonly title: string };
  const start = swaggerUiStart({ title, url: '/openapi.json', element: 'reference', apiKeys });
  const router = Router({ caseSensitive: true, strict: true });
  const paths: string[] = [];
  const document = (path: string, ...of: Parameters<typeof publicDocument>): void => {
    paths.push(path);
    router
      .route(path)
      .get(publicDocument(...of))
      .all(methodNotAllowed(['GET']));
  };
  document('/openapi.json', 'application/json', JSON.stringify(api));
  document('/docs', 'text/html; charset=utf-8', page, { 'Content-Security-Policy': policy });
  document('/docs/start.js', 'text/javascript; charset=utf-8', start);
  for (const [name, type] of Object.entries(files))
    document(`/docs/${name}`, type, readFileSync(swaggerUiFile(name)));
  return atPaths(paths, router);
}
