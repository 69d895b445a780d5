import { list, type Setting } from '@bff/service-kit';
import cors from 'cors';
import type { RequestHandler } from 'express';

/** Other origins whose pages may call this BFF: webviews, TV apps, developer tools. */
export const crossOriginSettings = {
  corsOrigins: {
    env: 'CORS_ORIGINS',
    schema: list().refine(
      (origins) => origins.every(isOrigin),
      'must be exact origins such as https://app.example, comma separated; no path, no *',
    ),
    default: [],
    meaning:
      'exact origins of pages that may call this BFF from a browser (CORS), comma separated; none by default',
  },
} as const satisfies Record<string, Setting>;

/**
 * Returns whether a text is an origin in the form that browsers send. `URL` reports the origin `null` for
 * custom schemes (`capacitor://localhost`), which are therefore compared by scheme and host.
 */
function isOrigin(text: string): boolean {
  if (text.includes('*') || !URL.canParse(text)) return false;
  const { protocol, host, origin } = new URL(text);
  return host !== '' && text === (origin === 'null' ? `${protocol}//${host}` : origin);
}

/** Response fields that scripts may read, beside those that CORS always exposes. */
const exposedHeaders = [
  'ETag',
  'BFF-Degraded',
  'Cache-Status',
  'Retry-After',
  'X-Request-ID',
  'WWW-Authenticate',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotency-Replayed',
  'Deprecation',
  'Sunset',
  'Link',
  'IM',
  'Delta-Base',
  'Sync-Keep',
  'Sync-Reset',
  'Sync-Digest',
  'BFF-Session',
];

export interface CrossOriginOptions {
  readonly corsOrigins: readonly string[];
  /** Whether credentialed requests (cookies) are allowed. Default: false. */
  readonly credentials?: boolean;
}

/**
 * Creates middleware for the listed origins (Fetch, "CORS protocol"): answers their preflights, and lets
 * their scripts read answers. Requests of other origins get no CORS fields.
 */
export function crossOrigin({ corsOrigins, credentials = false }: CrossOriginOptions): RequestHandler {
  if (corsOrigins.length === 0) return (_request, _response, next) => next();
  const origins = new Set(corsOrigins);
  const allow = cors({ origin: [...origins], credentials, exposedHeaders, maxAge: 600 });
  return function allowListed(request, response, next) {
    const { origin } = request.headers;
    if (origin !== undefined && origins.has(origin)) return void allow(request, response, next);
    response.vary('Origin');
    next();
  };
}
