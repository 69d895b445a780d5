import type { IncomingHttpHeaders } from 'node:http';
import {
  ProviderUnavailable,
  TokenRefused,
  type InternalClaims,
  type InternalTokenVerifier,
} from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import { mayActFor } from '../service.ts';

/**
 * Returns the verified caller of a request.
 *
 * @param user the user in the path, if there is one
 * @throws {Problem} 401 without a valid internal token, 403 when tenant header or user differ from the
 * token's, 503 while no BFF publishes its keys
 */
export async function authorise(
  verifier: InternalTokenVerifier,
  headers: IncomingHttpHeaders,
  user: string | undefined,
): Promise<InternalClaims> {
  const caller = await identify(verifier, headers.authorization);
  if (headers['x-tenant-id'] !== caller.tid)
    throw new Problem('tenant-mismatch', { detail: 'X-Tenant-ID differs from the tenant of the token' });
  if (user !== undefined && !mayActFor(caller, user))
    throw new Problem('forbidden', { detail: 'the token belongs to another user' });
  return caller;
}

async function identify(verifier: InternalTokenVerifier, authorization = ''): Promise<InternalClaims> {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (!token) throw unauthenticated('Bearer');
  try {
    return await verifier.verify(token);
  } catch (error) {
    if (error instanceof TokenRefused) throw unauthenticated('Bearer error="invalid_token"', error);
    if (error instanceof ProviderUnavailable)
      throw new Problem('unavailable', { detail: 'no key set can be fetched', cause: error });
    throw error;
  }
}

const unauthenticated = (challenge: string, cause?: unknown): Problem =>
  new Problem('not-authenticated', { headers: { 'WWW-Authenticate': challenge }, cause });
