import type { Call, Ask, CallScope, UpstreamRequest } from './call.ts';
import type { Operation } from './operation.ts';
import { absent } from './outcomes.ts';
import { compilePath } from './path-template.ts';
import { noReply } from '../transport/reply.ts';

/** The door of a pipeline: works out once what more than one stage goes by. */
export function prepare<T>({ service, path }: Operation<T>, call: Call<T>): Ask<T> {
  const targetOf = compilePath(path);
  return function ask(request: UpstreamRequest, scope: CallScope) {
    const target = targetOf(request);
    if (target === undefined) return Promise.resolve(absent);
    const { tenant, identityKey } = scope;
    // Tenant first, and neither it nor service nor target has a space in it: no two are spelled alike (T1).
    const owner = `${tenant} ${identityKey} ${service}`;
    return call(
      {
        target,
        owner,
        key: `${owner} ${target}`,
        body: request.body,
        ifMatch: request.ifMatch,
        idempotencyKey: request.idempotencyKey,
        known: undefined,
        reply: noReply(),
      },
      scope,
    );
  };
}
