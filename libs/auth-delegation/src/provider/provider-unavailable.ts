import { Problem } from '@bff/service-kit';

/** The identity provider, or another publisher of keys, does not respond, and no cached value can be used. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** Returns the problem response: a 503 instead of a 401, because the session is still valid. */
export function providerProblem(cause: ProviderUnavailable): Problem {
  return new Problem('unavailable', {
    detail: 'The identity provider is not responding',
    headers: { 'Retry-After': '2' },
    cause,
  });
}
