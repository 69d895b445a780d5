import { callerOf } from '@bff/auth-delegation';
import { type JsonObject, type Shape, type ShapeRequest } from '@bff/shaping';
import { type Request } from 'express';
import { type ScreenAnswer } from './family.ts';

export interface AnswerParts {
  readonly resource: string;
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
  const { identity, tenant } = callerOf(request);
  const shaped = shape(visible, asked);
  const [variant = ''] = shaped.scope;
  return {
    view: shaped.view,
    degraded: parts.degraded ?? none,
    scope: [tenant.id, tenant.version, identity.subject, resource, ...shaped.scope],
    resource,
    variant,
    selection: asked.fields?.canonical,
    degradedFields: parts.degradedFields ?? none,
    userId,
    validator,
    timings,
    cacheStatus: timings,
    lastModified: parts.lastModified,
  };
}
