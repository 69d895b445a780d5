import { aggregate, screenProblem, type Screen } from '@bff/aggregation';
import { callerOf, requestScope } from '@bff/auth-delegation';
import { observeScreen } from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { type CallScope } from '@bff/upstream-clients';
import { type RequestHandler } from 'express';
import { type AppDependencies } from './app.ts';
import { type Operation } from './contract/operations.ts';
import { shapeOf } from './contract/shape-of.ts';
import { type Version } from './contract/versions.ts';
import { type View } from './contract/view.ts';
import { customerIn, readQuery } from './read-request.ts';

/** What the sources of a screen are asked with. */
export interface ScreenScope extends CallScope {
  readonly userId: string;
  /** Empty where the path names none. */
  readonly orderId: string;
  readonly page: { readonly limit: number; readonly cursor?: string };
}

/** What a screen may say besides its view, which no policy is about. */
interface Protocol {
  /** The upstream's own. */
  readonly next_cursor?: string | null;
  /** The upstream's entity tag of what can be changed. */
  readonly upstream_tag?: string | null;
}

/** One screen, from request to bytes: ask the sources, filter for the tenant, shape for this version, send. */
export function serveScreen<Made extends object>(
  { bearerFor, sender, cursors, tags, verifyAnswers }: AppDependencies,
  version: Version,
  operation: Operation,
  screen: Screen<ScreenScope, Made>,
): RequestHandler {
  const shape = shapeOf(version, operation.resource, verifyAnswers);

  return async function serve(request, response) {
    const { fields, limit = 0, cursor } = readQuery(operation, request);
    const { identity, tenant } = callerOf(request);
    const userId = customerIn(request, identity);
    const path = request.baseUrl + request.path;
    const pageBounds = [tenant.id, identity.subject, path, String(limit), fields?.canonical ?? ''];
    const scope = {
      ...requestScope(request, bearerFor, screen.budgetMs),
      userId,
      orderId: (request.params['orderId'] as string | undefined) ?? '',
      page: { limit, cursor: cursor === undefined ? undefined : cursors.open(cursor, pageBounds) },
    };

    const result = await observeScreen(request, screen.name, () =>
      aggregate(screen, scope, scope.deadline, tenant.fallbacksFor(screen.name)),
    );
    if (result.kind !== 'view') throw screenProblem(result);

    const { next_cursor, upstream_tag, ...made } = result.view as Made & Protocol;
    const allowed = tenant.policyFor(screen.name).apply(made as unknown as JsonObject) as View;
    const listed = allowed.orders ?? allowed.notifications;
    const sealed = next_cursor && listed ? cursors.seal(next_cursor, pageBounds) : null;
    const view = next_cursor === undefined ? allowed : { ...allowed, next_cursor: sealed };

    const shaped = shape(view, { fields });
    const representation = [tenant.version, ...shaped.scope];
    await sender.send(request, response, {
      view: shaped.view,
      degraded: result.degraded,
      cacheStatus: result.timings,
      scope: [tenant.id, identity.subject, path, String(limit), ...representation],
      ...(upstream_tag && { token: tags.tagOf(upstream_tag, [tenant.id, userId], representation) }),
    });
  };
}
