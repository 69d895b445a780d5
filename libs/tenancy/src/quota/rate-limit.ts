import { createHash } from 'node:crypto';
import { preTenantKey } from '@bff/service-kit';
import { createWindowCount, type WindowCountOptions, type WindowPolicy } from './window-count.ts';

/** A limit for requests before authentication. */
export interface RateLimit {
  /**
   * Counts one request of a subject, such as an address or a client. Resolves even when the store is down.
   * @returns seconds to wait when the limit is used up; undefined when the request is admitted
   */
  admit(subject: string): Promise<number | undefined>;
}

export interface RateLimitOptions extends WindowCountOptions, WindowPolicy {
  /** Distinguishes this limit from others, such as `device-address`. */
  readonly name: string;
}

/** Creates a rate limit. Stores subjects as digests, because addresses are personal data. */
export function createRateLimit({ name, limit, windowSeconds, ...options }: RateLimitOptions): RateLimit {
  const count = createWindowCount(options);
  const policy: WindowPolicy = { limit, windowSeconds };
  return {
    async admit(subject) {
      const digest = createHash('sha256').update(subject).digest('base64url');
      const keyOf = (window: string) => preTenantKey('limit', name, digest, window);
      const [window] = await count([{ policy, keyOf }]);
      return window && window.counted > limit ? window.resetSeconds : undefined;
    },
  };
}
