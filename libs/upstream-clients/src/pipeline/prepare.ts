import { emptyReply } from '../transport/reply.ts';
import type { Call, CallOptions, CallScope, ClientCall, ParameterValue } from './call.ts';
import type { AnyOperation } from './operation.ts';
import { absent } from './outcomes.ts';
import { compileRequest } from './request-template.ts';

const noOptions: CallOptions = {};

/** Computes the values that several stages need once per call. It is the first step of a pipeline. */
export function prepare<T>(operation: AnyOperation, call: Call<T>): ClientCall<T> {
  const { service } = operation;
  const targetOf = compileRequest(operation);
  return function begin(scope: CallScope, input, { body, ifMatch, idempotencyKey, projection } = noOptions) {
    const found = targetOf(input as Readonly<Record<string, ParameterValue>>);
    if (found === undefined) return Promise.resolve(absent);
    const { target, headers } = found;
    const { tenant, identityKey } = scope;
    // Tenant, service and target contain no space, and JSON escapes the quotes in a value: no two keys
    // collide (T1).
    const owner = `${tenant} ${identityKey} ${service}`;
    const resource = headers.length === 0 ? target : `${target} ${JSON.stringify(headers)}`;
    return call(
      {
        target,
        headers,
        resource,
        owner,
        key: projection === undefined ? `${owner} ${resource}` : `${owner} ${resource} ${projection.name}`,
        body,
        ifMatch,
        idempotencyKey,
        ...(projection && { projection }),
        known: undefined,
        reply: emptyReply(),
      },
      scope,
    );
  };
}
