import { createHash } from 'node:crypto';
import { writeProblem } from '@bff/aggregation';
import { callerOf, requestScope } from '@bff/auth-delegation';
import { Problem, type Outcome } from '@bff/service-kit';
import { type JsonObject } from '@bff/shaping';
import { mayPatch } from '@bff/tenancy';
import { type CallScope } from '@bff/upstream-clients';
import { type Request, type RequestHandler } from 'express';
import { type AppDependencies } from './app.ts';
import { type Operation } from './contract/operations.ts';
import { shapeOf } from './contract/shape-of.ts';
import { type Version } from './contract/versions.ts';
import { type View } from './contract/view.ts';
import { parseIdempotencyKey, type Recorded } from './idempotency.ts';
import { customerIn, readQuery } from './read-request.ts';

export interface WriteScope extends CallScope {
  readonly userId: string;
  /** The `:notificationId` of the path; empty where there is none. */
  readonly notificationId: string;
  readonly body: JsonObject;
  /** In the upstream's terms. */
  readonly ifMatch: string;
  /** Of this client and user alone, and safe in a header. */
  readonly idempotencyKey: string;
}

/** One change: what of the view it is about, and the upstream call that makes it. */
export interface Write {
  /** Whose policy holds for it. */
  readonly screen: string;
  /** What the tenant may not see it may not change either. */
  readonly touches: (scope: WriteScope) => JsonObject;
  /** What a merge patch is laid over: it may remove or replace something that has something hidden in it. */
  readonly current?: (scope: WriteScope) => Promise<Outcome<JsonObject>>;
  readonly perform: (scope: WriteScope) => Promise<Outcome<JsonObject>>;
}

const budgetMs = 2_000;
/** A write whose client hung up goes on: the repetition then finds what it came to. */
const never = new AbortController().signal;

/** One write, from request to bytes: check, do it once, filter for the tenant, shape for this version, send. */
export function serveWrite(
  { bearerFor, sender, idempotency, tags, verifyAnswers }: AppDependencies,
  version: Version,
  operation: Operation & { readonly write: NonNullable<Operation['write']> },
  write: Write,
): RequestHandler {
  const shape = shapeOf(version, operation.resource, verifyAnswers);

  return async function serve(request, response) {
    const { fields } = readQuery(operation, request);
    const { identity, tenant } = callerOf(request);
    const userId = customerIn(request, identity);
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    const ifMatch = operation.write.ifMatch ? ifMatchOf(request) : '*';
    const body = bodyOf(operation.write, request);
    const { subject: user, clientId: client = user } = identity;
    const path = request.baseUrl + request.path;
    const bounds = [tenant.id, userId];
    const policy = tenant.policyFor(write.screen);

    async function perform(): Promise<Recorded> {
      const upstreamMatch = tags.upstreamMatch(ifMatch, bounds);
      if (upstreamMatch === undefined) return { kind: 'problem', type: 'precondition-failed' };
      const scope: WriteScope = {
        ...requestScope(request, bearerFor, budgetMs, never),
        userId,
        notificationId: (request.params['notificationId'] as string | undefined) ?? '',
        body,
        ifMatch: upstreamMatch,
        idempotencyKey: hashOf(client, user, key),
      };
      const touched = write.touches(scope);
      // A policy hands back the very object when it hides nothing of it.
      if (policy.apply(touched) !== touched) return hidden;
      const current = await write.current?.(scope);
      if (current && current.kind !== 'value') return refusalOf(current);
      if (current && !mayPatch(policy, touched, current.value)) return hidden;

      const change = await write.perform(scope);
      if (change.kind !== 'value') return refusalOf(change);
      return { kind: 'view', view: policy.apply(change.value), upstreamTag: change.etag };
    }

    const fingerprint = hashOf(request.method, path, ifMatch, JSON.stringify(body));
    const asked = { tenant: tenant.id, client, user, key, fingerprint };
    const { recorded, replayed } = await idempotency.once(asked, perform);
    if (replayed) response.setHeader('Idempotency-Replayed', 'true');
    if (recorded.kind === 'problem') throw new Problem(recorded.type, { detail: recorded.detail });

    // Again, because the tenant may see less by now than when the answer was kept.
    const shaped = shape(policy.apply(recorded.view) as View, { fields });
    const representation = [tenant.version, ...shaped.scope];
    const { upstreamTag } = recorded;
    await sender.send(request, response, {
      view: shaped.view,
      degraded: [],
      scope: [tenant.id, identity.subject, path, ...representation],
      ...(upstreamTag && { headers: { ETag: `"${tags.tagOf(upstreamTag, bounds, representation)}"` } }),
    });
  };
}

/** @throws {Problem} `precondition-required` (RFC 6585, section 3) */
function ifMatchOf({ headers }: Request): string {
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined)
    throw new Problem('precondition-required', { detail: 'If-Match must name the ETag of what you change.' });
  return ifMatch;
}

/** @throws {Problem} `unprocessable` */
function bodyOf({ body }: NonNullable<Operation['write']>, request: Request): JsonObject {
  if (!body) return {};
  const { success, error } = body.schema.safeParse(request.body);
  if (success) return request.body as JsonObject;
  const [issue] = error.issues;
  throw new Problem('unprocessable', { detail: `The body: ${issue?.message}` });
}

const hidden: Recorded = {
  kind: 'problem',
  type: 'unprocessable',
  detail: 'Your tenant may not see what this would change.',
};

/** @throws {Problem} when it is not known whether the change was made, or it may be made by the next try */
function refusalOf(outcome: Exclude<Outcome<JsonObject>, { kind: 'value' }>): Recorded {
  const problem = writeProblem(outcome);
  const isFinal = outcome.kind === 'absent' || (outcome.kind === 'refused' && problem.status < 500);
  if (!isFinal) throw problem;
  return { kind: 'problem', type: problem.type };
}

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
