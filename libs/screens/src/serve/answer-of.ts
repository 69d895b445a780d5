import { callerOf } from '@bff/auth-delegation';
import type { JsonObject, Shape, ShapeRequest } from '@bff/shaping';
import { atRoot, viewAt } from '../answer/compile-shape.ts';
import type { Request } from 'express';
import type { ScreenAnswer } from './family.ts';

export interface AnswerParts {
  readonly resource: string;
  /** Whose policy holds, and where in its view the answer stands. */
  readonly form: { readonly screen: string; readonly root: string };
  readonly userId: string;
  readonly shape: Shape<JsonObject>;
  readonly asked: ShapeRequest;
  readonly validator?: string | undefined;
  /** Of a screen; what a write answers has neither fallbacks nor timings. */
  readonly degraded?: ScreenAnswer['degraded'];
  readonly degradedFields?: ScreenAnswer['degradedFields'];
  readonly timings?: ScreenAnswer['timings'];
  readonly lastModified?: number | undefined;
}

const none: readonly never[] = [];

/** The complete answer: a view, which the tenant's policy has been through, as this client sees it. */
export function answerOf(request: Request, visible: JsonObject, parts: AnswerParts): ScreenAnswer {
  const { resource, userId, shape, asked, validator, timings = none } = parts;
  const { screen, root } = parts.form;
  const { identity, tenant } = callerOf(request);
  const policy = tenant.policyFor(screen);
  const shaped = shape(visible, asked);
  const [variant = ''] = shaped.scope;
  return {
    view: shaped.view,
    degraded: parts.degraded ?? none,
    scope: [tenant.id, tenant.version, identity.subject, resource, ...shaped.scope],
    resource,
    variant,
    selection: asked.fields?.canonical,
    visible: (earlier) =>
      (atRoot(root)(policy.apply(viewAt(root, earlier) as never) as JsonObject) ?? {}) as JsonObject,
    degradedFields: parts.degradedFields ?? none,
    userId,
    validator,
    timings,
    cacheStatus: timings,
    lastModified: parts.lastModified,
  };
}
