import { integer, type Setting } from '@bff/service-kit';
import type { QuotaPolicies } from './quota-policy.ts';

const most = 1_000_000_000;
const longestWindowSeconds = 7 * 86_400;

/** Default quotas of tenants; an app with quotas adds these to its settings. */
export const quotaSettings = {
  burstLimit: {
    env: 'BURST_LIMIT',
    schema: integer(1, most),
    default: 100,
    meaning: 'requests that one client of a tenant may make in one burst window',
  },
  burstWindowSeconds: {
    env: 'BURST_WINDOW_SECONDS',
    schema: integer(1, longestWindowSeconds),
    default: 60,
    meaning: 'seconds of a burst window',
  },
  dailyLimit: {
    env: 'DAILY_LIMIT',
    schema: integer(1, most),
    default: 10_000,
    meaning: 'requests that one client of a tenant may make in one day (UTC)',
  },
} as const satisfies Record<string, Setting>;

export function quotasFrom(config: {
  readonly burstLimit: number;
  readonly burstWindowSeconds: number;
  readonly dailyLimit: number;
}): QuotaPolicies {
  return {
    burst: { limit: config.burstLimit, windowSeconds: config.burstWindowSeconds },
    daily: { limit: config.dailyLimit, windowSeconds: 86_400 },
  };
}
