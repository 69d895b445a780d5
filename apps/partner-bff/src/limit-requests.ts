import { callerOf } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import { quotaHeaders, type Quotas } from '@bff/tenancy';
import { type RequestHandler } from 'express';

/** Middleware behind `identifyCaller`: counts the request for its client and tells where it stands (T4). */
export function limitRequests(quotas: Quotas): RequestHandler {
  return async function limit(request, response, next) {
    const { identity, tenant } = callerOf(request);
    const verdict = await quotas.admit(tenant, identity.clientId ?? identity.subject);
    const headers = quotaHeaders(verdict);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (verdict.exceeded)
      throw new Problem('quota-exceeded', { detail: `The ${verdict.exceeded.name} quota is used up.` });
    next();
  };
}
