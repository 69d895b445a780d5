import CircuitBreaker from 'opossum';
import { defaults, sourceNames, type SourceName } from './profile-view.ts';

type Read = (source: SourceName, user: string, authorization?: string) => Promise<unknown>;

/** One opossum breaker for each upstream operation, with the default of its source as fallback. */
export function withBreakers(read: Read): Read {
  const breakers = new Map(
    sourceNames.map((source) => {
      const breaker = new CircuitBreaker((user: string, authorization?: string) => read(source, user, authorization), {
        timeout: 2_000,
        errorThresholdPercentage: 50,
        resetTimeout: 30_000,
        volumeThreshold: 5,
      }); // prettier-ignore
      breaker.fallback(() => defaults[source]);
      return [source, breaker] as const;
    }),
  );
  return (source, user, authorization) => {
    const breaker = breakers.get(source);
    if (!breaker) throw new TypeError(`no breaker for ${source}`);
    return breaker.fire(user, authorization);
  };
}
