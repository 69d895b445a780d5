import { writeProblem } from '@bff/aggregation';
import { callerOf, requestScope } from '@bff/auth-delegation';
import { Problem, type Outcome } from '@bff/service-kit';
import { currentTag, mergePatchOf, requireMatch, type Shape } from '@bff/shaping';
import { mayPatch } from '@bff/tenancy';
import { type Preferences } from '@bff/services';
import { type RequestHandler } from 'express';
import { preferencesShape, preferencesView } from './screens/preferences.ts';
import { answerOf, shapeRequest, type Ask, type ScreenDependencies, type ScreenScope } from './serve-screen.ts'; // prettier-ignore

/** Milliseconds; a patch asks twice. */
const writeBudgetMs = 3_000;

/**
 * One write that needs nothing but its path: ask the upstream, answer with what it made of it.
 *
 * @param screen whose policy holds for the answer
 */
export function serveWrite<Scope extends ScreenScope, View extends object>(
  deps: ScreenDependencies,
  screen: string,
  write: (scope: Scope) => Promise<Outcome<View>>,
  shape: Shape<View>,
  ask: Ask<Scope>,
): RequestHandler {
  return async function serve(request, response) {
    const asked = shapeRequest(request);
    const outcome = await write(ask(requestScope(request, deps.bearerFor, writeBudgetMs), request));
    if (outcome.kind !== 'value') throw writeProblem(outcome);
    await deps.sender.send(
      request,
      response,
      answerOf(request, screen, request.path, outcome.value, shape, asked),
    );
  };
}

/**
 * PATCH of the preferences. `If-Match` carries the ETag of a GET of the same address. It is held against the state of
 * now, and the upstream is then asked to change exactly that state: what another client writes in between loses nobody
 * an update, because the upstream's own validator is no longer true then.
 */
export function servePreferencesPatch(deps: ScreenDependencies): RequestHandler {
  const { user } = deps.clients;
  return async function serve(request, response) {
    const asked = shapeRequest(request);
    // What was parsed has no undefined members.
    const patch = mergePatchOf(request.body) as Preferences;
    const ifMatch = request.headers['if-match'];
    if (ifMatch === undefined)
      throw new Problem('precondition-required', { detail: 'Send the ETag of a GET as If-Match.' });
    const scope = requestScope(request, deps.bearerFor, writeBudgetMs);

    const current = await user.preferences(scope, { userId: scope.userId });
    if (current.kind !== 'value') throw writeProblem(current);
    const before = preferencesView(current.value);
    const read = (view: typeof before) =>
      deps.screens.named(answerOf(request, 'preferences', 'preferences', view, preferencesShape, asked));
    await requireMatch(deps.sender, await read(before), ifMatch);
    if (!mayPatch(callerOf(request).tenant.policyFor('preferences'), preferencesView(patch), before))
      throw new Problem('unprocessable', { detail: 'The patch names what is not yours to change.' });

    const changed = await user.patchPreferences(
      scope,
      { userId: scope.userId },
      { body: patch, ifMatch: validatorOf(current) },
    );
    if (changed.kind !== 'value') throw writeProblem(changed);
    const answer = await read(preferencesView(changed.value));
    const headers = { ETag: await currentTag(deps.sender, answer) };
    await deps.sender.send(request, response, { ...answer, headers });
  };
}

/** Without a validator the upstream could not tell that the state has changed. */
function validatorOf({ etag }: Extract<Outcome<unknown>, { kind: 'value' }>): string {
  if (etag === undefined) throw new Problem('upstream-failed');
  return etag;
}
