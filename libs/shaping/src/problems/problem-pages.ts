import { problemTypes } from '@bff/service-kit';
import { Router, type RequestHandler } from 'express';
import { methodNotAllowed } from './not-found.ts';
import { atPaths } from '../response/at-paths.ts';
import { publicDocument } from '../response/public-document.ts';

/** Serves a page at the `type` URL of each problem (RFC 9457, section 3.1.1). */
export function problemPages(): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  const paths: string[] = [];
  for (const [type, [status, title]] of Object.entries(problemTypes)) {
    const text = `${title}\n\nProblem type /problems/${type}, status ${status}. All problem types and operations: /docs\n`;
    const path = `/problems/${type}`;
    paths.push(path);
    router
      .route(path)
      .get(publicDocument('text/plain; charset=utf-8', text))
      .all(methodNotAllowed(['GET']));
  }
  return atPaths(paths, router);
}
