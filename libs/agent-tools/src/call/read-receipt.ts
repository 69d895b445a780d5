import { callerOf } from '@bff/auth-delegation';
import type { Idempotency, Receipt } from '@bff/screens';
import { Problem } from '@bff/service-kit';
import { toProblem, type JsonObject } from '@bff/shaping';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { failureOf, successOf, type ToolResult } from './tool-result.ts';

const input = z.strictObject({ idempotency_key: z.string().min(1).max(255) });

/**
 * Returns the receipt of a write whose result was lost, for writes of the same agent and user only. Calls no
 * service.
 * @param receipts reads the receipts of the writes in the table that the tools are derived from
 */
export async function readReceipt(
  receipts: Pick<Idempotency, 'receipt'>,
  given: unknown,
  request: IncomingMessage,
): Promise<ToolResult> {
  const { success, data } = input.safeParse(given);
  if (!success) return failureOf(new Problem('bad-request', { detail: 'idempotency_key is missing.' }));
  const { identity, tenant } = callerOf(request);
  const { subject: user, clientId: client = user } = identity;
  try {
    const receipt = await receipts.receipt({ tenant: tenant.id, client, user, key: data.idempotency_key });
    return successOf(
      { ...shown(receipt), _meta: { complete: true } } as unknown as JsonObject,
      sentenceOf(receipt),
    );
  } catch (error) {
    return failureOf(toProblem(error) ?? new Problem('internal', { cause: error }));
  }
}

function shown(receipt: Receipt | undefined): object {
  if (!receipt) return { state: 'unknown' };
  if (receipt.state !== 'refused') return { state: receipt.state };
  const { title, detail } = new Problem(receipt.type, { ...(receipt.detail && { detail: receipt.detail }) });
  return { state: 'refused', reason: [title, detail].filter(Boolean).join('. ') };
}

function sentenceOf(receipt: Receipt | undefined): string {
  if (!receipt)
    return 'There is no receipt for this key, but the write may have been made: call it again with the same idempotency_key.';
  return receipt.state === 'in-flight' ? 'The write is in progress: call again in a few seconds.' : '';
}
