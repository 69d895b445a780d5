import { callerOf } from '@bff/auth-delegation';
import { canonicalJson, type DiffSync, type SyncAnswer } from '@bff/diff-sync';
import type { ScreenAnswer } from '@bff/screens';
import { contextOf, Problem, type StateStore } from '@bff/service-kit';
import { toProblem, type JsonObject } from '@bff/shaping';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { Request, Response, Router } from 'express';
import { defaultLimit } from '../declaration/input.ts';
import type { Tool } from '../declaration/tool.ts';
import { callKey } from './call-keys.ts';
import type { Confirmations } from './confirmations.ts';
import { shownAnswer } from './shown-answer.ts';
import { syncRequestOf, unconditional } from './sync-request.ts';
import { beginCall, type ToolArguments } from './tool-call.ts';
import { degradationSentence, failureOf, structuredOf, successOf, type ToolResult } from './tool-result.ts';
import { askUser, type UserConsent } from './user-consent.ts';
import { visibleText } from './visible-text.ts';

export interface ToolRunnerOptions {
  /** The router that `screenRouter` created from the tools' table and from {@link toolFamily}. */
  readonly router: Router;
  readonly sync: DiffSync;
  readonly store: StateStore;
  readonly confirmations: Confirmations;
}

/**
 * Calls a tool for the caller of a request. Never rejects: a problem becomes a result with the next step.
 * @param consent the user's decision, if the client can ask the user. Default: the client cannot ask
 */
export type RunTool = (
  tool: Tool,
  given: unknown,
  request: Request,
  response: Response,
  consent?: UserConsent,
) => Promise<ToolResult | InputRequiredResult>;

export function createToolRunner(options: ToolRunnerOptions): RunTool {
  const { sync } = options;
  const route = createRoute(options.router);

  async function read(tool: Tool, given: ToolArguments, request: Request, response: Response) {
    const { since, limit = defaultLimit } = given;
    const condition = since === undefined ? unconditional : { aIm: 'json-patch', ifNoneMatch: `"${since}"` };
    const budget = tool.maxBytes ?? Infinity;
    for (let items = limit; ;) {
      const { answer: read } = await route(tool, given, items, request, response);
      const answer = shownAnswer(tool, read as ScreenAnswer);
      const synced = await sync.sync({ ...syncRequestOf(request, answer), ...condition });
      const structured = structuredOf(answer, synced);
      const text = JSON.stringify(structured);
      const bytes = budgetedBytes(answer, synced, text);
      if (bytes <= budget) return successOf(structured, degradationSentence(answer.degraded), text);
      const isPage = tool.row.entry.kind === 'screen' && tool.row.entry.list !== undefined;
      if (!isPage || items === 1) throw tooLarge(bytes, budget, structured);
      items = Math.max(1, Math.floor((items * budget * 0.9) / bytes));
    }
  }

  async function write(
    tool: Tool,
    given: ToolArguments,
    request: Request,
    response: Response,
    consent: UserConsent,
  ) {
    const { identity, tenant } = callerOf(request);
    const { confirm = stateOf(consent), idempotency_key: named, ...rest } = given;
    const who = [identity.clientId ?? '', identity.subject];
    const text = canonicalJson(rest as never);
    const what = [tool.name, text];
    const isDestructive = tool.row.method === 'DELETE';
    if (isDestructive && confirm === undefined) {
      if (consent.kind === 'declined')
        return successOf(
          { _meta: { done: false } } as unknown as JsonObject,
          'The user declined. Nothing was done.',
        );
      const confirmation = options.confirmations.issue([tenant.id, ...who, ...what]);
      if (consent.kind === 'pending')
        return askUser(
          visibleText(`${tool.description}. This cannot be undone. ${text}`),
          confirmation.token,
        );
      return successOf(
        { _meta: { done: false, confirm: confirmation } } as unknown as JsonObject,
        `Nothing was done yet. This cannot be undone: ${tool.description}. To do it, call again with the same arguments and confirm.`,
      );
    }
    const confirmed = isDestructive
      ? await options.confirmations.redeem(confirm ?? '', tenant.id, [tenant.id, ...who, ...what])
      : undefined;
    const key = named ?? confirmed ?? (await callKey(options.store, tenant.id, [...who, ...what]));
    // The preconditions of a call come from its arguments, never from the header fields of the HTTP message.
    request.headers['if-match'] = given.version === undefined ? undefined : `"${given.version}"`;
    delete request.headers['if-none-match'];
    request.headers['idempotency-key'] = JSON.stringify(key);
    request.body = given.body;
    const { answer, replayed } = await route(tool, given, defaultLimit, request, response);
    const receipt = { done: true, idempotency_key: key, ...(replayed && { replayed }) };
    if (!answer) return successOf({ _meta: receipt } as unknown as JsonObject);
    const shown = shownAnswer(tool, answer);
    const synced = await sync.sync({ ...syncRequestOf(request, shown), ...unconditional });
    const { _meta: state, ...view } = structuredOf(shown, synced);
    return successOf(
      { ...view, _meta: { ...receipt, ...(state as object) } } as unknown as JsonObject,
      degradationSentence(answer.degraded),
    );
  }

  return async function runTool(tool, given, request, response, consent = unsupported) {
    const { success, data, error } = tool.input.safeParse(given ?? {});
    if (!success) return failureOf(invalid(tool, error.issues));
    try {
      const run = tool.row.entry.kind === 'screen' ? read : write;
      return await run(tool, data as ToolArguments, request, response, consent);
    } catch (error) {
      const problem = toProblem(error);
      if (!problem) contextOf(request).log.error({ err: error, tool: tool.name }, 'tool call failed');
      return failureOf(problem ?? new Problem('internal'));
    }
  };
}

/**
 * Returns the bytes of a result that count towards the budget of its tool: all but the list of degraded
 * sources. Otherwise a result that fits its budget would be rejected while a service is down.
 */
const budgetedBytes = (answer: ScreenAnswer, synced: SyncAnswer, text: string): number =>
  Buffer.byteLength(
    answer.degraded.length === 0 ? text : JSON.stringify(structuredOf({ ...answer, degraded: [] }, synced)),
  );

const unsupported: UserConsent = { kind: 'unsupported' };

const stateOf = (consent: UserConsent): string | undefined =>
  consent.kind === 'accepted' ? consent.state : undefined;

/** Sends a call through the router of the table as a request with the method and path of its row. */
function createRoute(router: Router) {
  return async function route(
    tool: Tool,
    given: ToolArguments,
    limit: number,
    request: Request,
    response: Response,
  ): Promise<{ readonly answer: ScreenAnswer | undefined; readonly replayed: boolean }> {
    const { method, url } = request;
    const { row } = tool;
    try {
      return await new Promise((resolve, reject) => {
        beginCall(request, {
          tool,
          given,
          limit,
          settle: (answer, replayed) => resolve({ answer, replayed }),
        });
        request.method = row.method;
        request.url = addressOf(row.path, given);
        router(request, response, (error?: unknown) => reject(error ?? new Problem('not-found')));
      });
    } finally {
      // Restored, because the access log and the metrics describe the request that arrived.
      Object.assign(request, { method, url });
    }
  };
}

const addressOf = (path: string, given: object): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((given as Record<string, unknown>)[name])),
  );

function invalid(
  { name }: Tool,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Problem {
  const [issue] = issues;
  const at = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return new Problem('bad-request', {
    detail: `The arguments do not fit the input schema of ${name}: ${at}${issue?.message ?? ''}.`,
  });
}

/**
 * Creates the problem for a result above its byte budget. It names the largest members, so that the agent can
 * exclude them.
 */
function tooLarge(bytes: number, budget: number, result: JsonObject): Problem {
  const largest = Object.entries(result)
    .filter(([name]) => name !== '_meta')
    .map(([name, member]) => [name, Buffer.byteLength(JSON.stringify(member))] as const)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 3)
    .map(([name, size]) => `${name} (${size} bytes)`);
  return new Problem('invalid-fields', {
    detail: `The result would have ${bytes} bytes, and ${budget} are allowed. The largest members are ${largest.join(', ')}.`,
  });
}
