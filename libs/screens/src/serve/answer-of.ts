import { callerOf } from '@bff/auth-delegation';
import type { JsonObject, Shape, ShapeRequest } from '@bff/shaping';
import { atRoot, viewAt } from '../answer/compile-shape.ts';
import type { Request } from 'express';
import type { ScreenAnswer } from './family.ts';

export interface AnswerParts {
  readonly resource: string;
  /** Names the screen whose policy applies, and the path of the answer in its view. */
  readonly form: { readonly screen: string; readonly root: string };
  readonly userId: string;
  readonly shape: Shape<JsonObject>;
  readonly requested: ShapeRequest;
  readonly validator?: string | undefined;
  /** Given for a screen, like the next two members; the answer of a write has no fallbacks and no timings. */
  readonly degraded?: ScreenAnswer['degraded'];
  readonly degradedFields?: ScreenAnswer['degradedFields'];
  readonly timings?: ScreenAnswer['timings'];
  /** Whether the members of the visible view are scalars and objects of the response cache. Default: false. */
  readonly isFromCache?: boolean;
  readonly lastModified?: number | undefined;
}

const none: readonly never[] = [];

/** Shapes a complete view, already filtered by the tenant's policy, for this client. */
export function answerOf(request: Request, visible: JsonObject, parts: AnswerParts): ScreenAnswer {
  const { resource, userId, shape, requested, validator, timings = none } = parts;
  const { screen, root } = parts.form;
  const { identity, tenant } = callerOf(request);
  const policy = tenant.policyFor(screen);
  const shaped = shape(visible, requested);
  const [variant = ''] = shaped.scope;
  return {
    view: shaped.view,
    degraded: parts.degraded ?? none,
    scope: [tenant.id, tenant.version, identity.subject, resource, ...shaped.scope],
    resource,
    variant,
    selection: requested.fields?.canonical,
    visible: (earlier) =>
      (atRoot(root)(policy.apply(viewAt(root, earlier) as never) as JsonObject) ?? {}) as JsonObject,
    degradedFields: parts.degradedFields ?? none,
    userId,
    validator,
    timings,
    cacheStatus: timings,
    isFromCache: parts.isFromCache === true && shaped.view === visible,
    lastModified: parts.lastModified,
  };
}
