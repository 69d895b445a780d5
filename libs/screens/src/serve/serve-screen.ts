import { aggregate, screenProblem } from '@bff/aggregation';
import { callerOf, requestScope, type ActingIdentity } from '@bff/auth-delegation';
import { observeScreen } from '@bff/service-kit';
import type { JsonObject, Page, ShapeRequest } from '@bff/shaping';
import type { Tenant } from '@bff/tenancy';
import type { Request, Response } from 'express';
import { compileShape, type VisibleView } from '../answer/compile-shape.ts';
import type { AnyScreen } from '../declaration/screen.ts';
import type { Row } from '../declaration/table.ts';
import type { CallOf } from '../sources/call-source.ts';
import { compileScreen, hidden, type CompiledScreen } from '../sources/compile-screen.ts';
import { answerOf } from './answer-of.ts';
import type { Family, ScreenAnswer } from './family.ts';
import { pathInputs, screenScope } from './inputs.ts';

export interface ServeDependencies {
  readonly callOf: CallOf;
  /** Returns the internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  /**
   * Validates every answer by its schema; for tests and development, where a violation may fail the request.
   */
  readonly verifyAnswers: boolean;
}

/** A screen of one family that can be read and sent. */
export interface ServedScreen {
  /**
   * Calls the sources and returns the joined answer, filtered for the tenant and shaped for the client.
   * @param budgetMs default: the budget of the screen
   * @throws {Problem} when the screen cannot be composed
   */
  read(request: Request, budgetMs?: number): Promise<ScreenAnswer>;
  serve(request: Request, response: Response): Promise<void>;
}

/**
 * Compiles a screen for a family. @throws {TypeError} when one of its operations belongs to no registered
 * service
 */
export function serveScreen(
  deps: ServeDependencies,
  family: Family,
  row: Row,
  screen: AnyScreen,
): ServedScreen {
  const compiled = compileScreen(screen, deps.callOf, family.version);
  const { aggregation } = compiled;
  const form = { family: family.name, version: family.version, verify: deps.verifyAnswers };
  const shape = compileShape(screen, form);
  const shapeOfProjected = compileShape(screen, { ...form, isProjected: true });
  const send = family.senderOf(screen);

  async function read(request: Request, budgetMs = screen.budgetMs): Promise<ScreenAnswer> {
    const requested = family.readShape(request, screen);
    const path = pathInputs(request, row);
    const userId = family.userIdOf(request);
    const page = screen.list === undefined ? undefined : family.readPage(request, screen, requested);
    const { tenant } = callerOf(request);
    const plain = requestScope(request, deps.bearerFor, budgetMs);
    const scope = screenScope(request, plain, path, userId, screen.name, page);

    const result = await observeScreen(request, screen.name, () =>
      aggregate(aggregation, scope, scope.deadline, tenant.fallbacksFor(screen.name)),
    );
    if (result.kind !== 'view') throw screenProblem(result);

    // A list gets its cursor between policy and projection, so these two cannot be combined to one function.
    const visible = compiled.hasHidden ? undefined : compiled.visibleUnder(tenant.policyFor(screen.name));
    const filter = compiled.isVisibleWhenRead && visible && !result.usesFallback ? asItIs : visible;
    const { view, validator } = visibleView(compiled, result.view, screen, tenant, page, filter);
    const resource = family.resourceOf(request, screen, page);
    const degradedFields = degradedMembers(compiled, result.degradedFields, screen, requested, tenant);
    const { degraded, timings, lastModified } = result;
    const keepsObjects = filter === asItIs || view === result.view;
    const isFromCache = keepsObjects && timings.every(({ cache }) => cache === 'hit' || cache === 'renewed');
    const place = { screen: screen.name, root: screen.root };
    const parts = {
      ...{ resource, form: place, userId, requested, validator },
      shape: visible ? shapeOfProjected : shape,
    };
    return answerOf(request, view, {
      ...parts,
      degraded,
      degradedFields,
      timings,
      lastModified,
      isFromCache,
    });
  }

  return {
    read,
    async serve(request, response) {
      await send(request, response, await read(request));
    },
  };
}

const asItIs: VisibleView = (view) => view;

/**
 * Applies the tenant's policy to a view. The cursor of the next page is sealed text and not data of the
 * tenant; an allowlist would otherwise end every list after one page. So the cursor stays with its list, and
 * is removed when no part of the list may be seen.
 */
function visibleView(
  { join, hasHidden }: CompiledScreen,
  composed: JsonObject,
  { name, list }: AnyScreen,
  tenant: Tenant,
  page: Page | undefined,
  visible: VisibleView | undefined,
): { readonly view: JsonObject; readonly validator: string | undefined } {
  const policy = tenant.policyFor(name);
  // Most screens have no internal members beside the view, so the view need not be copied.
  if (!hasHidden)
    return {
      view: (visible ?? policy.apply)((join ? join(composed) : composed) as never) as JsonObject,
      validator: undefined,
    };
  const { [hidden.next]: next, [hidden.validator]: tag, ...parts } = composed;
  const view = policy.apply((join ? join(parts) : parts) as never) as JsonObject;
  const validator = typeof tag === 'string' ? tag : undefined;
  if (!page || list === undefined || !Object.hasOwn(view, list)) return { view, validator };
  return {
    view: { ...view, next_cursor: page.next((next as string | null | undefined) ?? null) },
    validator,
  };
}

/**
 * Returns the members of the answer that hold fallbacks, were selected and may be seen by the tenant; 'all'
 * when no member of the view is fresh, whatever was selected.
 */
function degradedMembers(
  { aggregation, fed }: CompiledScreen,
  degradedFields: readonly string[],
  { name: screen, root, list }: AnyScreen,
  { fields }: ShapeRequest,
  tenant: Tenant,
): readonly string[] | 'all' {
  if (degradedFields.length === 0) return degradedFields;
  if (degradedFields.length === Object.keys(aggregation.fallback).length) return 'all';
  const [shown] = root.split('[');
  const policy = tenant.policyFor(screen);
  const members = new Set<string>();
  for (const field of degradedFields) {
    const { member, ofItems } = fed.get(field) ?? { member: field };
    // The cursor has the visibility of its list.
    if (!policy.mayShow(member === 'next_cursor' ? (list ?? member) : member)) continue;
    if (root === '') members.add(member);
    else if (member === shown && ofItems === undefined) return 'all';
    else if (member === shown && ofItems !== undefined) members.add(ofItems);
  }
  return [...members].filter((name) => !fields || fields.root.members.has(name));
}
