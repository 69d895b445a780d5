import { Problem } from '@bff/service-kit';

/** The identity provider, or another publisher of keys, does not respond, and there is no cached value. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** Returns the problem for the client, a 503: the session is still valid. */
export function providerProblem(cause: ProviderUnavailable): Problem {
  return new Problem('unavailable', {
    detail: 'The identity provider is not responding',
    headers: { 'Retry-After': '2' },
    cause,
  });
}
