import { callerOf, type RequestScope } from '@bff/auth-delegation';
import { contextOf } from '@bff/service-kit';
import { resourceId, type Page } from '@bff/shaping';
import type { Request } from 'express';
import type { Row } from '../declaration/table.ts';
import type { ScreenScope } from '../sources/scope.ts';

/**
 * Returns the path parameters by name.
 * @throws {Problem} `not-found` when a parameter cannot be the id of a resource
 */
export function pathInputs({ params }: Request, { parameters }: Row): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const name of parameters) inputs[name] = resourceId(params[name]);
  return inputs;
}

/**
 * Creates the scope in which the sources of one request are called.
 * @param screen the screen whose policy applies
 * @param page undefined when the screen is not a page
 */
export function screenScope(
  request: Request,
  scope: RequestScope,
  path: Readonly<Record<string, string>>,
  userId: string,
  screen: string,
  page?: Page,
): ScreenScope {
  const { tenant } = callerOf(request);
  const policy = tenant.policyFor(screen);
  return {
    ...scope,
    userId,
    inputs: { ...path, userId },
    page,
    visible: policy.showsAll ? undefined : { policy, version: tenant.version },
    outcomes: new Map(),
    onUnexpected: (err, source) =>
      contextOf(request).log.error({ err, source }, 'a source of a screen threw'),
  };
}
