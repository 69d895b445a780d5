import type { TenantId } from '@bff/service-kit';
import { z } from 'zod';
import type { Now } from '../time.ts';
import type { EndTarget } from './end-target.ts';

/** A request of an operator: the target, the operator and the reason. */
export interface OperatorRequest {
  readonly by: string;
  readonly why: string;
  readonly target: EndTarget;
  /** Selects sessions or tokens that began up to this time, in milliseconds since 1970. */
  readonly before: number;
  readonly limit: number;
}

const defaultLimit = 100;
const maxLimit = 1_000;

/** Text without line breaks, so that it cannot forge a log line. */
const line = (max: number) =>
  z
    .string()
    .regex(/^(?=.*\S)[^\p{Cc}]+$/u, 'must be one line, and not empty')
    .max(max);
const schema = z.strictObject({
  by: line(100),
  why: line(500),
  subject: line(255).optional(),
  tenant: line(100).optional(),
  client: line(255).optional(),
  everybody: z.literal(true).optional(),
  before: z.iso.datetime({ offset: true }).optional(),
  limit: z.number().int().min(1).max(maxLimit).optional(),
});

/** Parses the body of a management request. @returns the request, or a text that describes the error */
export function parseOperatorRequest(
  body: unknown,
  { issuer, now }: { readonly issuer: string; readonly now: Now },
): OperatorRequest | { readonly error: string } {
  const { success, data, error } = schema.safeParse(body);
  if (!success) return { error: error.issues.map(faultOf).join('; ') };
  const { by, why, limit = defaultLimit } = data;
  const targets = targetsIn(data, issuer);
  const [target] = targets;
  if (!target || targets.length > 1)
    return { error: 'name exactly one of subject, tenant, client and everybody' };
  const before = data.before === undefined ? now() : Date.parse(data.before);
  if (before > now()) return { error: `before: ${data.before} is in the future` };
  return { by, why, target, before, limit };
}

function targetsIn(
  { subject, tenant, client, everybody }: z.infer<typeof schema>,
  issuer: string,
): EndTarget[] {
  return [
    ...(subject === undefined ? [] : [{ kind: 'subject', issuer, subject } as const]),
    ...(tenant === undefined ? [] : [{ kind: 'tenant', tenant: tenant as TenantId } as const]),
    ...(client === undefined ? [] : [{ kind: 'client', clientId: client } as const]),
    ...(everybody === undefined ? [] : [{ kind: 'everybody' } as const]),
  ];
}

const faultOf = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;
