import { problemTypes } from '@bff/service-kit';
import { Router } from 'express';
import { methodNotAllowed } from './missing-route.ts';
import { publicDocument } from '../response/public-document.ts';

/** Serves a page at the `type` URL of each problem (RFC 9457, section 3.1.1). */
export function problemPages(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const [type, [status, title]] of Object.entries(problemTypes)) {
    const text = `${title}\n\nProblem type /problems/${type}, status ${status}. All problem types and operations: /docs\n`;
    router
      .route(`/problems/${type}`)
      .get(publicDocument('text/plain; charset=utf-8', text))
      .all(methodNotAllowed(['GET']));
  }
  return router;
}
