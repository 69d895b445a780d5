import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { text, type Setting } from '@bff/service-kit';
import { publicDocument } from '@bff/shaping';
import { Router } from 'express';

export const demoPageSettings = {
  demoPageFolder: {
    env: 'DEMO_PAGE_FOLDER',
    schema: text(),
    optional: true,
    meaning:
      'folder of the built demo page, served at / in development only; npm start and nx serve build it',
  },
} as const satisfies Record<string, Setting>;

export function demoPageErrors(
  { demoPageFolder }: { readonly demoPageFolder?: string },
  production: boolean,
): string[] {
  if (demoPageFolder === undefined) return [];
  if (production) return ['DEMO_PAGE_FOLDER is for development'];
  return existsSync(join(demoPageFolder, 'index.html')) ? [] : ['DEMO_PAGE_FOLDER has no index.html'];
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Allows caches to reuse assets without revalidation, because their names contain a hash of the content. */
const immutableHeaders = { 'Cache-Control': 'public, max-age=31536000, immutable' };

export interface DemoPageOptions {
  /** Folder of the built page, created by `buildPage` of `tools/testbed`. */
  readonly folder: string;
  /** Origins of the demo services by name; the page injects faults there. */
  readonly services: Readonly<Record<string, string>>;
}

/**
 * Creates the routes of the demo page, a single-page app like any other client. The page reads the origins of
 * the services from a `meta` element. The CSP allows calls to these origins and to its own, but no inline
 * code, third-party scripts or frames.
 */
export function demoPage({ folder, services }: DemoPageOptions): Router {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self' ${Object.values(services).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const html = readFileSync(join(folder, 'index.html'), 'utf8').replace('%SERVICES%', () =>
    JSON.stringify(services).replaceAll('"', '&quot;'),
  );

  const router = Router();
  router.get(
    '/',
    publicDocument('text/html; charset=utf-8', html, {
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': policy,
    }),
  );
  for (const name of readdirSync(join(folder, 'assets'))) {
    const type = types[extname(name)];
    if (type !== undefined && html.includes(name))
      router.get(
        `/assets/${name}`,
        publicDocument(type, readFileSync(join(folder, 'assets', name)), immutableHeaders),
      );
  }
  return router;
}
