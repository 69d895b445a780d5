import { callerOf } from '@bff/auth-delegation';
import type { RequestHandler } from 'express';

/** Header field that tells the page to call `POST /auth/revalidate`. */
export const revalidationField = { 'BFF-Session': 'revalidate' } as const;

/** Creates middleware that announces a due revalidation early enough that no screen has to wait for it. */
export function announceRevalidation(now: () => number): RequestHandler {
  return function announce(request, response, next) {
    const { revalidateAt } = callerOf(request).identity;
    if (revalidateAt !== undefined && now() >= revalidateAt) response.setHeader('BFF-Session', 'revalidate');
    next();
  };
}
