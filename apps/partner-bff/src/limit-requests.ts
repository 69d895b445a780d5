import { callerOf } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import { quotaHeaders, type QuotaName, type Quotas } from '@bff/tenancy';
import type { RequestHandler } from 'express';

const spent = (name: QuotaName): Problem =>
  new Problem('quota-exceeded', { detail: `The ${name} quota is used up.` });
/**
 * Errors created once, because creating one with its stack trace is the most expensive part of a rejection.
 */
const refusals: Readonly<Record<QuotaName, Problem>> = { burst: spent('burst'), daily: spent('daily') };

/**
 * Creates middleware that runs after `identifyCaller`, counts the request for its client and sends the
 * RateLimit headers (T4).
 */
export function limitRequests(quotas: Quotas): RequestHandler {
  return async function limit(request, response, next) {
    const { identity, tenant } = callerOf(request);
    const verdict = await quotas.admit(tenant, identity.clientId ?? identity.subject);
    const headers = quotaHeaders(verdict);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (verdict.exceeded) throw refusals[verdict.exceeded.name];
    next();
  };
}
