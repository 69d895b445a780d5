import CircuitBreaker from 'opossum';
import { fallbacks, sources } from './gather.ts';

type Read = (source: string, user: string, authorization?: string) => Promise<unknown>;

/**
 * Adds one opossum breaker per upstream operation, with the fallback of its source. @throws {TypeError} on an
 * unknown source
 */
export function withBreakers(read: Read): Read {
  const breakers = new Map(
    sources.map((source) => {
      const breaker = new CircuitBreaker(
        (user: string, authorization?: string) => read(source, user, authorization),
        {
          timeout: 2_000,
          errorThresholdPercentage: 50,
          resetTimeout: 30_000,
          volumeThreshold: 5,
        },
      );
      breaker.fallback(() => fallbacks[source]);
      return [source, breaker] as const;
    }),
  );
  return (source, user, authorization) => {
    const breaker = breakers.get(source);
    if (!breaker) throw new TypeError(`no breaker for ${source}`);
    return breaker.fire(user, authorization);
  };
}
