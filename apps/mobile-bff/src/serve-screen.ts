import { aggregate, screenProblem, type Screen } from '@bff/aggregation';
import { callerOf, requestScope, type RequestScope } from '@bff/auth-delegation';
import { observeScreen, Problem } from '@bff/service-kit';
import {
  parseFields,
  resourceId,
  visibleView,
  type JsonObject,
  type Page,
  type Paging,
  type Shape,
  type ShapeRequest,
} from '@bff/shaping';
import { type Tenant } from '@bff/tenancy';
import { type Request, type RequestHandler } from 'express';
import { type AppDependencies } from './app.ts';
import { type ScreenAnswer } from './screen-sender.ts';

export type ScreenDependencies = Pick<AppDependencies, 'bearerFor' | 'clients' | 'sender' | 'screens'>;

/** What the sources of a screen are asked with. */
export interface ScreenScope extends RequestScope {
  readonly id?: string;
  readonly page?: Page;
}
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

/** One screen, from request to bytes: ask the sources, filter for the tenant, shape for this client, send what it lacks. */
export function serveScreen<Scope extends ScreenScope, View extends object>(
  deps: ScreenDependencies,
  screen: Screen<Scope, View>,
  shape: Shape<View>,
  ask: Ask<Scope>,
): RequestHandler {
  const send = deps.screens.to(screen.name);
  return async function serve(request, response) {
    const asked = shapeRequest(request);
    const scope = ask(requestScope(request, deps.bearerFor, screen.budgetMs), request);
    const { tenant } = callerOf(request);

    const result = await observeScreen(request, screen.name, () =>
      aggregate(screen, scope, scope.deadline, tenant.fallbacksFor(screen.name)),
    );
    if (result.kind !== 'view') throw screenProblem(result);

    const degradedFields = degradedMembers(screen, result.degradedFields, asked, tenant);
    const answer = answerOf(request, screen.name, resourceOf(screen.name, scope), result.view, shape, asked);
    await send(request, response, {
      ...answer,
      degraded: result.degraded,
      cacheStatus: result.timings,
      sync: { ...answer.sync, degradedFields },
    });
  };
}

/** What is synced: a screen, of it the thing or the page that was asked for. Its spelling in the URL does not matter. */
function resourceOf(screen: string, { id, page }: ScreenScope): string {
  if (page) return `${screen}?limit=${page.limit}&cursor=${page.cursor ?? ''}`;
  return id === undefined ? screen : `${screen}/${id}`;
}

/**
 * Members of the answer that stand-ins feed, as far as they were selected and this tenant may know of them. The shape of a screen of several sources keeps
 * the names of their fields at its top; where no field is fresh, no member is, whatever the shape makes of them.
 */
function degradedMembers(
  { name: screen, fallback }: Pick<Screen<never, object>, 'name' | 'fallback'>,
  degradedFields: readonly string[],
  { fields }: ShapeRequest,
  tenant: Pick<Tenant, 'policyFor'>,
): readonly string[] | 'all' {
  if (degradedFields.length === Object.keys(fallback).length) return 'all';
  const policy = tenant.policyFor(screen);
  return degradedFields.filter((name) => policy.mayShow(name) && (!fields || fields.root.members.has(name)));
}

/** The complete answer: the view as this tenant and this client see it on a screen. @param resource names what was read */
export function answerOf<View extends object>(
  request: Request,
  screen: string,
  resource: string,
  view: View,
  shape: Shape<View>,
  asked: ShapeRequest,
): ScreenAnswer {
  const { identity, tenant } = callerOf(request);
  const shaped = shape(visibleView(view as JsonObject, tenant.policyFor(screen)) as View, asked);
  const [variant = ''] = shaped.scope;
  return {
    view: shaped.view,
    degraded: [],
    scope: [tenant.id, tenant.version, identity.subject, resource, ...shaped.scope],
    sync: {
      tenant: tenant.id,
      tenantVersion: tenant.version,
      subject: identity.subject,
      device: identity.sessionId,
      resource,
      variant,
      selection: asked.fields?.canonical,
      degradedFields: [],
    },
  };
}

/** `fields=`. @throws {Problem} 400 */
export function shapeRequest({ query: { fields } }: Request): ShapeRequest {
  if (fields === undefined) return {};
  if (typeof fields === 'string') return { fields: parseFields(fields) };
  throw new Problem('invalid-fields', { detail: 'fields may be given once' });
}
