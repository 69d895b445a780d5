import { aggregate, screenProblem, type Screen } from '@bff/aggregation';
import { callerOf, requestScope, type RequestScope } from '@bff/auth-delegation';
import { observeScreen, Problem, type Degradation } from '@bff/service-kit';
import {
  parseFields,
  resourceId,
  visibleView,
  type Answer,
  type JsonObject,
  type Page,
  type Paging,
  type Shape,
  type ShapeRequest,
} from '@bff/shaping';
import { type Request, type RequestHandler } from 'express';
import { type AppDependencies } from './app.ts';

export type ScreenDependencies = Pick<AppDependencies, 'bearerFor' | 'clients' | 'sender'>;

/** What the sources of a screen are asked with. */
export type ScreenScope = RequestScope;
/** The same, of one thing that the path names. */
export interface ItemScope extends ScreenScope {
  readonly id: string;
}
/** The same, of one page of a list. */
export interface PageScope extends ScreenScope {
  readonly page: Page;
}

/** What a screen wants to know of the request. @throws {Problem} 400 or 404, before any upstream is asked */
export type Ask<Scope extends ScreenScope> = (scope: ScreenScope, request: Request) => Scope;

export const byUser: Ask<ScreenScope> = (scope) => scope;
export const byId: Ask<ItemScope> = (scope, { params }) => ({ ...scope, id: resourceId(params['id']) });
/** @param list names the list: a cursor of another one is a forged one */
export const byPage =
  (paging: Paging, list: string): Ask<PageScope> =>
  (scope, { query }) => ({ ...scope, page: paging.read(query, [scope.tenant, scope.userId, list]) });

/** One screen, from request to bytes: ask the sources, filter for the tenant, shape for this client, send. */
export function serveScreen<Scope extends ScreenScope, View extends object>(
  deps: ScreenDependencies,
  screen: Screen<Scope, View>,
  shape: Shape<View>,
  ask: Ask<Scope>,
): RequestHandler {
  return async function serve(request, response) {
    const asked = shapeRequest(request);
    const scope = ask(requestScope(request, deps.bearerFor, screen.budgetMs), request);
    const { tenant } = callerOf(request);

    const result = await observeScreen(request, screen.name, () =>
      aggregate(screen, scope, scope.deadline, tenant.fallbacksFor(screen.name)),
    );
    if (result.kind !== 'view') throw screenProblem(result);

    await deps.sender.send(request, response, {
      ...answerOf(request, screen.name, result.view, shape, asked, result.degraded),
      cacheStatus: result.timings,
      serverTiming: result.timings.map(({ source, durationMs }) => ({ name: source, durationMs })),
    });
  };
}

/** The view as this tenant and this client see it on a screen. */
export function answerOf<View extends object>(
  request: Request,
  screen: string,
  view: View,
  shape: Shape<View>,
  asked: ShapeRequest,
  degraded: readonly Degradation[] = [],
): Answer {
  const { identity, tenant } = callerOf(request);
  const shaped = shape(visibleView(view as JsonObject, tenant.policyFor(screen)) as View, asked);
  return {
    view: shaped.view,
    degraded,
    scope: [tenant.id, tenant.version, identity.subject, request.path, ...shaped.scope],
  };
}

/** `fields=` and `shape=`. @throws {Problem} 400 */
export function shapeRequest({ query }: Request): ShapeRequest {
  const { fields, shape = 'nested' } = query;
  if (shape !== 'nested' && shape !== 'flat')
    throw new Problem('bad-request', { detail: 'shape is nested or flat' });
  if (fields !== undefined && typeof fields !== 'string')
    throw new Problem('invalid-fields', { detail: 'fields may be given once' });
  return { ...(fields !== undefined && { fields: parseFields(fields) }), flat: shape === 'flat' };
}
