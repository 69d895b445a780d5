import { Problem, problemTypes } from '@bff/service-kit';
import { type RequestHandler } from 'express';

/** The `type` of a problem leads to what is said of it. */
export function problemPage(): RequestHandler {
  return function showProblem({ params }, response) {
    const type = String(params['type']);
    if (!Object.hasOwn(problemTypes, type)) throw new Problem('not-found');
    response.redirect(303, `/docs#problem-${type}`);
  };
}
