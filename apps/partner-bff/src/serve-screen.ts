import { aggregate, screenProblem, type Screen } from '@bff/aggregation';
import { callerOf } from '@bff/auth-delegation';
import { contextOf, Deadline, Problem } from '@bff/service-kit';
import { parseFields, type JsonObject, type Shape } from '@bff/shaping';
import { type CallScope } from '@bff/upstream-clients';
import { type Request, type RequestHandler } from 'express';
import { type AppDependencies } from './app.ts';

/** What the sources of a screen are asked with. */
export interface ScreenScope extends CallScope {
  readonly userId: string;
}

/** One screen, from request to bytes: ask the sources, filter for the tenant, shape for this client, send. */
export function serveScreen<View extends object>(
  { bearerFor, sender }: AppDependencies,
  screen: Screen<ScreenScope, View>,
  shape: Shape<View>,
): RequestHandler {
  return async function serve(request, response) {
    const fields = fieldsOf(request);
    const { identity, tenant } = callerOf(request);
    const { requestId, traceparent, signal } = contextOf(request);
    const deadline = Deadline.after(screen.budgetMs, signal);
    const scope = {
      tenant: tenant.id,
      userId: customerOf(request) ?? identity.subject,
      bearerFor: bearerFor(identity),
      requestId,
      traceparent,
      deadline,
    };

    const result = await aggregate(screen, scope, deadline, tenant.fallbacksFor(screen.name));
    if (result.kind !== 'view') throw screenProblem(result);

    const allowed = tenant.policy.apply(result.view as JsonObject) as View;
    const shaped = shape(allowed, { fields });
    await sender.send(request, response, {
      view: shaped.view,
      degraded: result.degraded,
      scope: [tenant.id, tenant.version, identity.subject, request.path, ...shaped.scope],
    });
  };
}

function fieldsOf({ query: { fields } }: Request) {
  if (fields === undefined) return undefined;
  if (typeof fields === 'string') return parseFields(fields);
  throw new Problem('invalid-fields', { detail: 'fields may be given once' });
}

/** A partner's own client asks about a customer; a user's token speaks of that user. */
const customerOf = ({ params }: Request): string | undefined => params['customer'] as string | undefined;
