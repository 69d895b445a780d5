import { aggregate, screenProblem } from '@bff/aggregation';
import { callerOf, requestScope, type ActingIdentity } from '@bff/auth-delegation';
import { observeScreen } from '@bff/service-kit';
import type { JsonObject, Page, ShapeRequest } from '@bff/shaping';
import type { Tenant } from '@bff/tenancy';
import type { Request, Response } from 'express';
import { compileShape } from '../answer/compile-shape.ts';
import type { AnyScreen } from '../declaration/screen.ts';
import type { Row } from '../declaration/table.ts';
import type { CallOf } from '../sources/call-source.ts';
import { compileScreen, hidden, type CompiledScreen } from '../sources/compile-screen.ts';
import { answerOf } from './answer-of.ts';
import type { Family, ScreenAnswer } from './family.ts';
import { pathInputs, screenScope } from './inputs.ts';

export interface ServeDependencies {
  readonly callOf: CallOf;
  /** The internal token of an identity for one service. */
  readonly bearerFor: (identity: ActingIdentity) => (audience: string) => string;
  /** Holds every answer to its schema; for tests and development, where a fault may cost the answer. */
  readonly verifyAnswers: boolean;
}

/** One screen of one family: reads it for a request, and sends it. */
export interface ServedScreen {
  /** Calls the sources and joins what they answer, as this tenant and this client see it. @throws {Problem} */
  /** @param budgetMs default: that of the screen */
  read(request: Request, budgetMs?: number): Promise<ScreenAnswer>;
  serve(request: Request, response: Response): Promise<void>;
}

/** Compiles a screen for a family. @throws {TypeError} when an operation of it is of no registered service */
export function serveScreen(
  deps: ServeDependencies,
  family: Family,
  row: Row,
  screen: AnyScreen,
): ServedScreen {
  const compiled = compileScreen(screen, deps.callOf, family.version);
  const { aggregation } = compiled;
  const shape = compileShape(screen, {
    family: family.name,
    version: family.version,
    verify: deps.verifyAnswers,
  });
  const send = family.senderOf(screen);

  async function read(request: Request, budgetMs = screen.budgetMs): Promise<ScreenAnswer> {
    const asked = family.readShape(request, screen);
    const path = pathInputs(request, row);
    const userId = family.userIdOf(request);
    const page = screen.list === undefined ? undefined : family.readPage(request, screen, asked);
    const { tenant } = callerOf(request);
    const plain = requestScope(request, deps.bearerFor, budgetMs);
    const scope = screenScope(request, plain, path, userId, screen.name, page);

    const result = await observeScreen(request, screen.name, () =>
      aggregate(aggregation, scope, scope.deadline, tenant.fallbacksFor(screen.name)),
    );
    if (result.kind !== 'view') throw screenProblem(result);

    const { view, validator } = visibleView(compiled, result.view, screen, tenant, page);
    const resource = family.resourceOf(request, screen, page);
    const degradedFields = degradedMembers(compiled, result.degradedFields, screen, asked, tenant);
    const { degraded, timings, lastModified } = result;
    const form = { screen: screen.name, root: screen.root };
    const parts = { resource, form, userId, shape, asked, validator };
    return answerOf(request, view, { ...parts, degraded, degradedFields, timings, lastModified });
  }

  return {
    read,
    async serve(request, response) {
      await send(request, response, await read(request));
    },
  };
}

/**
 * What a tenant sees of a view. The cursor of the next page is not the tenant's data but our sealed text, without which an
 * allowlist would end every list after one page; so it goes with its list, and away when nothing of the list may be seen.
 */
function visibleView(
  { join, hasHidden }: CompiledScreen,
  composed: JsonObject,
  { name, list }: AnyScreen,
  tenant: Tenant,
  page: Page | undefined,
): { readonly view: JsonObject; readonly validator: string | undefined } {
  const policy = tenant.policyFor(name);
  // Most screens have nothing but their view, which is then not copied.
  if (!hasHidden)
    return {
      view: policy.apply((join ? join(composed) : composed) as never) as JsonObject,
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
 * Members of the answer that fallbacks feed, as far as they were selected and this tenant may know of them. Where no field
 * of the view is fresh, no member of the answer is, whatever the shape makes of them.
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
    // The cursor is shown with its list.
    if (!policy.mayShow(member === 'next_cursor' ? (list ?? member) : member)) continue;
    if (root === '') members.add(member);
    else if (member === shown && ofItems === undefined) return 'all';
    else if (member === shown && ofItems !== undefined) members.add(ofItems);
  }
  return [...members].filter((name) => !fields || fields.root.members.has(name));
}
