import { type IncomingMessage } from 'node:http';
import { findContext } from '@bff/service-kit';
import {
  requestHost,
  resolveTenant,
  subdomainOf,
  type Tenant,
  type TenantDirectory,
  type TrustedProxies,
} from '@bff/tenancy';
import { type RequestHandler } from 'express';
import { type Now } from '../time.ts';
import { actingFor, type ActingIdentity, type Identity } from '../identity.ts';

/** Who calls, and for which tenant: all that a screen may know of its client. */
export interface Caller {
  readonly identity: ActingIdentity;
  readonly tenant: Tenant;
  /** When identity and tenant were looked up: milliseconds since 1970. */
  readonly identifiedAt: number;
}

export interface IdentifyCallerOptions {
  /** The verified identity of a request. @throws {Problem} `not-authenticated` */
  authenticate(request: IncomingMessage): Promise<Identity>;
  readonly directory: TenantDirectory;
  readonly trustedProxies: TrustedProxies;
  /** Domain whose subdomains name tenants; unset: they name none. */
  readonly baseDomain?: string;
  readonly now?: Now;
}

const callers = new WeakMap<object, Caller>();

/** @throws {TypeError} when the request did not pass {@link identifyCaller} */
export function callerOf(request: IncomingMessage): Caller {
  const caller = callers.get(request);
  if (!caller) throw new TypeError('no caller: identifyCaller is missing in front of this handler');
  return caller;
}

/**
 * Middleware: nobody passes without a verified identity that acts for one of its own, active tenants.
 * Runs before anything that answers, caches or calls.
 */
export function identifyCaller(options: IdentifyCallerOptions): RequestHandler {
  const { authenticate, directory, trustedProxies, baseDomain, now = Date.now } = options;
  return async function identify(request, _response, next) {
    const identifiedAt = now();
    const identity = await authenticate(request);
    const host = baseDomain === undefined ? undefined : requestHost(request, trustedProxies);
    const tenant = resolveTenant(directory, {
      identityTenants: identity.tenants,
      header: request.headers['x-tenant-id'],
      subdomain: host === undefined || baseDomain === undefined ? undefined : subdomainOf(host, baseDomain),
    });
    const context = findContext(request);
    if (context) context.facts.tenant = tenant.id;
    callers.set(request, { identity: actingFor(identity, tenant.id), tenant, identifiedAt });
    next();
  };
}
