import type { IncomingMessage } from 'node:http';
import { findContext, Problem } from '@bff/service-kit';
import {
  requestHost,
  resolveTenant,
  subdomainOf,
  type Tenant,
  type TenantDirectory,
  type TrustedProxies,
} from '@bff/tenancy';
import type { Request, RequestHandler } from 'express';
import type { Now } from '../time.ts';
import { actingFor, type ActingIdentity, type Identity } from '../identity.ts';

/** Identity and tenant of a request: all that a screen may know about its client. */
export interface Caller {
  readonly identity: ActingIdentity;
  readonly tenant: Tenant;
  /** When identity and tenant were determined, in milliseconds since 1970. */
  readonly identifiedAt: number;
}

export interface IdentifyCallerOptions {
  /** Returns the verified identity of a request. @throws {Problem} `not-authenticated` */
  authenticate(request: IncomingMessage): Promise<Identity>;
  readonly directory: TenantDirectory;
  readonly trustedProxies: TrustedProxies;
  /** Domain whose subdomains name tenants; undefined: subdomains do not name tenants. */
  readonly baseDomain?: string;
  readonly now?: Now;
  /** Maximum milliseconds from the arrival of a request until its caller is identified. default 2000 */
  readonly patienceMs?: number;
}

const ownCaller = Symbol('ownCaller');
/** A request with its caller, in a property instead of a WeakMap (docs/adr/0042). */
interface Identified {
  [ownCaller]?: Caller;
}

/**
 * Returns the caller of a request. @throws {TypeError} when the request did not pass {@link identifyCaller}
 */
export function callerOf(request: IncomingMessage & Identified): Caller {
  const caller = request[ownCaller];
  if (!caller) throw new TypeError('no caller: identifyCaller is missing in front of this handler');
  return caller;
}

/**
 * Creates the middleware that rejects requests without a verified identity, or without an active tenant that
 * the identity belongs to. Runs before any handler that responds, caches or calls upstreams.
 */
export function identifyCaller(options: IdentifyCallerOptions): RequestHandler {
  const { authenticate, directory, trustedProxies, baseDomain, now = Date.now, patienceMs = 2_000 } = options;
  return async function identify(request: Request & Identified, _response, next) {
    const identifiedAt = now();
    const context = findContext(request);
    const leftMs = context ? context.remaining(patienceMs) : patienceMs;
    const identity = await inTime(authenticate(request), leftMs);
    const host = baseDomain === undefined ? undefined : requestHost(request, trustedProxies);
    const tenant = resolveTenant(directory, {
      identityTenants: identity.tenants,
      header: request.headers['x-tenant-id'],
      subdomain: host === undefined || baseDomain === undefined ? undefined : subdomainOf(host, baseDomain),
    });
    if (context) context.facts.tenant = tenant.id;
    request[ownCaller] = { identity: actingFor(identity, tenant.id), tenant, identifiedAt };
    next();
  };
}

/**
 * Limits the wait: a slow state store or identity provider must not use up the time budget of the response
 * (F14).
 */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const tell = () => reject(new Problem('unavailable', { headers: { 'Retry-After': '1' } }));
    timer = setTimeout(tell, Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
