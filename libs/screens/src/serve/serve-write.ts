import { writeProblem } from '@bff/aggregation';
import { callerOf, requestScope, type Identity } from '@bff/auth-delegation';
import { Problem, type Outcome, type ProblemType } from '@bff/service-kit';
import type { Json, JsonObject } from '@bff/shaping';
import { mayPatch, type FieldPolicy } from '@bff/tenancy';
import type { Request, RequestHandler } from 'express';
import { compileShape, viewAt } from '../answer/compile-shape.ts';
import type { Row } from '../declaration/table.ts';
import { validatorOf, type AnyWrite } from '../declaration/write.ts';
import { compileCall, compileInput } from '../sources/call-source.ts';
import { answerOf } from './answer-of.ts';
import type { Family, ScreenAnswer } from './family.ts';
import { hashOf, unorderedJson } from './fingerprint.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import type { Idempotency, Recorded } from './idempotency.ts';
import { pathInputs, screenScope } from './inputs.ts';
import { readBody } from './read-body.ts';
import { serveScreen, type ServeDependencies } from './serve-screen.ts';

type WriteDependencies = ServeDependencies & { readonly idempotency: Idempotency };

const replayedHeaders = { 'Idempotency-Replayed': 'true' };

/**
 * Signal for writes with an idempotency key: they continue when the client disconnects, so that its retry
 * gets the result.
 */
const neverAborted = new AbortController().signal;

/**
 * Serves one write: checks it, performs it once, applies the tenant's policy, shapes and sends the answer.
 */
export function serveWrite(
  deps: WriteDependencies,
  family: Family,
  row: Row,
  write: AnyWrite,
): RequestHandler {
  const { at, of, operation, answerWith } = write;
  const call = deps.callOf(operation);
  const inputOf = compileInput(operation, write.with);
  const hasForm = write.answer !== undefined || write.answers !== undefined;
  const shape = hasForm
    ? compileShape(write, { family: family.name, version: family.version, verify: deps.verifyAnswers })
    : undefined;
  const source = validatorOf(of);
  const readCurrent = source && compileCall(source, deps.callOf);
  const take = (source?.take ?? ((value: unknown) => value)) as (value: unknown) => Json;
  const reread =
    of && answerWith !== 'none' ? serveScreen(deps, family, { ...row, entry: of }, of) : undefined;
  const { writes } = family;

  /**
   * Reads the screen after a write, within its budget; returns undefined on failure, because the write was
   * made.
   */
  async function readAgain(request: Request): Promise<ScreenAnswer | undefined> {
    try {
      return await reread?.read(request, write.budgetMs);
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  return async function serve(request, response) {
    const requested = family.readShape(request, write);
    const { identity, tenant } = callerOf(request);
    const policy = tenant.policyFor(write.screen);
    const userId = family.userIdOf(request);
    const path = pathInputs(request, row);
    const key = keyOf(request, writes.requiresIdempotencyKey);
    checkPreconditions(request, write);
    const ifMatch = write.ifMatch ? ifMatchOf(request) : undefined;
    const body = readBody(write, request);
    const touched = touchedBy(write, path, body);
    const signal = key === undefined ? undefined : neverAborted;
    const plain = requestScope(request, deps.bearerFor, write.budgetMs, signal);
    const scope = screenScope(request, plain, path, userId, write.screen);
    const { client, user } = ownerOf(identity);

    /** Shapes a view that the policy has filtered. */
    const answerTo = (visible: JsonObject, etag: string | undefined): ScreenAnswer =>
      answerOf(request, visible, {
        resource: family.resourceOf(request, of ?? write, undefined),
        form: write,
        userId,
        shape: shape as NonNullable<typeof shape>,
        requested,
        validator: etag,
      });

    /** Applies the policy again: the tenant may see less by now than when the answer was recorded. */
    const answerOfView = ({ view, upstreamTag }: Extract<Recorded, { kind: 'view' }>): ScreenAnswer =>
      answerTo(policy.apply(view as never) as JsonObject, upstreamTag);

    async function perform(): Promise<Recorded> {
      // A policy returns the same object when it hides nothing of it.
      if (touched && policy.apply(touched as never) !== touched) throw hidden();
      const match = ifMatch === undefined ? undefined : await matched(ifMatch);
      if (ifMatch !== undefined || operation.method === 'PUT') await checkHidden();
      const idempotencyKey = key === undefined ? undefined : hashOf(client, user, key);
      const input = inputOf(scope.inputs);
      let change = await call(scope, input, { body, ifMatch: match, idempotencyKey });
      if (change.kind === 'refused' && change.status === 412 && (await isUnchanged(match)))
        change = await call(scope, input, {
          body,
          idempotencyKey: idempotencyKey && hashOf(idempotencyKey, 'unconditional'),
        });
      if (change.kind !== 'value') throw writeProblem(change);
      if (answerWith !== 'upstream' || change.value === undefined)
        return { kind: 'done', status: reread ? write.status : 204 };
      const view = policy.apply(viewAt(at, change.value as Json) as never) as JsonObject;
      return { kind: 'view', status: write.status, view, upstreamTag: change.etag };
    }

    /**
     * Reads the representation again, and returns whether it still has the entity tag `match`. Always false
     * for a strong tag. A weak tag never matches `If-Match` (RFC 9110, section 13.1.1), so an upstream that
     * has only weak tags refuses every change (F06). This comparison replaces that of the upstream.
     */
    async function isUnchanged(match: string | undefined): Promise<boolean> {
      if (!match?.startsWith('W/') || !readCurrent) return false;
      current = undefined;
      const outcome = (await readOnce()) as Outcome<unknown>;
      return outcome.kind === 'value' && outcome.etag === match;
    }

    let current: Promise<Outcome<unknown>> | undefined;
    /**
     * Reads the current representation at most once. Undefined for a write whose screen, if it has one, has
     * no source with `validator`.
     */
    const readOnce = () => (current ??= readCurrent?.(scope, scope.deadline));

    /**
     * Compares `If-Match` with the current representation, and returns the upstream's entity tag of that same
     * representation.
     */
    const matched = (field: string): Promise<string | undefined> =>
      writes.matchOf(request, field, async () => {
        const outcome = (await readOnce()) as Outcome<unknown>;
        if (outcome.kind !== 'value') throw writeProblem(outcome);
        const view = policy.apply(viewAt(at, take(outcome.value)) as never) as JsonObject;
        return { answer: answerTo(view, outcome.etag), etag: outcome.etag };
      });

    /**
     * Rejects changes of hidden members. @throws {Problem} `unprocessable` when the change touches a member
     * that the tenant may not see
     */
    async function checkHidden(): Promise<void> {
      const outcome = await readOnce();
      // An absent resource has no hidden members.
      if (outcome === undefined || outcome.kind === 'absent') return;
      if (outcome.kind !== 'value') throw writeProblem(outcome);
      if (!mayWrite(write, policy, touched ?? {}, viewAt(at, take(outcome.value)))) throw hidden();
    }

    const { recorded, replayed } =
      key === undefined
        ? { recorded: await perform(), replayed: false }
        : await deps.idempotency.once(
            { tenant: tenant.id, client, user, key, fingerprint: fingerprintOf(request, ifMatch, body) },
            () => recordFinal(perform),
          );
    const headers = replayed ? replayedHeaders : undefined;
    if (recorded.kind === 'problem')
      throw new Problem(recorded.type, { detail: recorded.detail, ...(headers && { headers }) });
    const answer = recorded.kind === 'done' ? await readAgain(request) : answerOfView(recorded);
    if (!answer)
      return writes.sendNothing
        ? writes.sendNothing(request, response, replayed)
        : void response
            .status(204)
            .set(headers ?? {})
            .end();
    const tag =
      write.ifMatch && answer.degraded.length === 0 ? await writes.tagOf(request, answer) : undefined;
    await writes.send(request, response, {
      ...answer,
      status: write.status,
      headers: { ...answer.headers, ...headers, ...(tag !== undefined && { ETag: tag }) },
    });
  };
}

/**
 * Returns client and user of a caller's idempotency keys. In a session without a client the user counts as
 * the client too.
 */
export const ownerOf = ({
  subject: user,
  clientId: client = user,
}: Identity): { client: string; user: string } => ({ client, user });

/** Returns the part of the view that a write touches; undefined when no policy can hide any of it. */
function touchedBy(
  write: AnyWrite,
  path: Readonly<Record<string, string>>,
  body: unknown,
): JsonObject | undefined {
  if (write.touches) return write.touches(path, body) as JsonObject;
  return body === undefined ? undefined : viewAt(write.at, body as Json);
}

/**
 * Whether the tenant may make the change: a replacement must not remove hidden members, a patch must not
 * touch them.
 */
const mayWrite = (
  { operation }: AnyWrite,
  policy: FieldPolicy,
  touched: JsonObject,
  current: JsonObject,
): boolean =>
  operation.method === 'PUT'
    ? policy.apply(current as never) === current
    : mayPatch(policy, touched as never, current as never);

/** Parses the key. @throws {Problem} `bad-request` when the key is missing or malformed */
function keyOf({ headers }: Request, isRequired: boolean): string | undefined {
  const field = headers['idempotency-key'];
  return field === undefined && !isRequired ? undefined : parseIdempotencyKey(field);
}

/**
 * Checks preconditions that need no read (RFC 9110, sections 13.1.1 and 13.1.2): no tag in `If-Match` matches
 * a resource without an entity tag, and `If-None-Match: *` fails because the resource to be changed exists.
 * @throws {Problem} `precondition-failed`
 */
function checkPreconditions({ headers }: Request, { ifMatch, of }: AnyWrite): void {
  const { 'if-match': match = '*', 'if-none-match': noneMatch } = headers;
  const matchesNothing = !ifMatch && match.trim() !== '*';
  if (matchesNothing || (of !== undefined && noneMatch?.trim() === '*'))
    throw new Problem('precondition-failed');
}

/** Returns `If-Match`. @throws {Problem} `precondition-required` (RFC 6585, section 3) */
function ifMatchOf({ headers }: Request): string {
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined)
    throw new Problem('precondition-required', { detail: 'Send the ETag of a GET as If-Match.' });
  return ifMatch;
}

const hidden = (): Problem =>
  new Problem('unprocessable', { detail: 'Your tenant may not see what this would change.' });

/** Refusals that a retry would get again; after any other problem the write may have been made. */
const finalTypes: ReadonlySet<ProblemType> = new Set([
  'not-found',
  'forbidden',
  'conflict',
  'precondition-failed',
  'unprocessable',
]);

async function recordFinal(perform: () => Promise<Recorded>): Promise<Recorded> {
  try {
    return await perform();
  } catch (error) {
    if (!(error instanceof Problem) || !finalTypes.has(error.type)) throw error;
    return { kind: 'problem', type: error.type, detail: error.detail };
  }
}

const fingerprintOf = (request: Request, ifMatch: string | undefined, body: unknown): string =>
  hashOf(request.method, request.baseUrl + request.path, ifMatch ?? '*', unorderedJson(body ?? {}));
