import { Problem } from '@bff/service-kit';

/** The identity provider, or whoever publishes the keys, does not answer and nothing older is at hand. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** What a client is told of it: try again, you are still logged in. */
export function providerProblem(cause: ProviderUnavailable): Problem {
  return new Problem('unavailable', {
    detail: 'The identity provider does not answer',
    headers: { 'Retry-After': '2' },
    cause,
  });
}
