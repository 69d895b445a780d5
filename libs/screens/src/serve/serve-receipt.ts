import { callerOf } from '@bff/auth-delegation';
import { contextOf, instanceOf, Problem, problemBody } from '@bff/service-kit';
import type { RequestHandler } from 'express';
import { idempotencyKeyIn } from './idempotency-key.ts';
import { inFlightSeconds, type Idempotency } from './idempotency.ts';
import { ownerOf } from './serve-write.ts';

const unknown =
  'There is no record of a write with this Idempotency-Key. It may still have been made: repeat it with the same key.';

/** Serves the receipt of a write to its client, which may have lost the answer. */
export function serveReceipt(idempotency: Idempotency): RequestHandler<{ key: string }> {
  return async function serve(request, response) {
    const { identity, tenant } = callerOf(request);
    const key = idempotencyKeyIn(request.params.key);
    const receipt = await idempotency.receipt({ ...ownerOf(identity), tenant: tenant.id, key });
    if (!receipt) throw new Problem('not-found', { detail: unknown });
    response.setHeader('Cache-Control', 'no-store');
    if (receipt.state === 'in-flight') response.setHeader('Retry-After', inFlightSeconds);
    if (receipt.state !== 'refused') return void response.json(receipt);
    const { state, type, detail } = receipt;
    const problem = new Problem(type, { ...(detail !== undefined && { detail }) });
    const { requestId } = contextOf(request);
    response.json({
      state,
      status: problem.status,
      problem: problemBody(problem, instanceOf(request), requestId),
    });
  };
}
