import { problemTypes } from '@bff/service-kit';
import { publicDocument } from '@bff/shaping';
import { Router } from 'express';

/** The `type` of a problem is the address of a text about it (RFC 9457, section 3.1.1). */
export function problemPages(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const [type, [status, title]] of Object.entries(problemTypes)) {
    const text = `${title}\n\nProblem type /problems/${type}, status ${status}. All problem types and operations: /docs\n`;
    router.get(`/problems/${type}`, publicDocument('text/plain; charset=utf-8', text));
  }
  return router;
} // prettier-ignore
