import { z } from 'zod';
import { breakerSettings } from './resilience/breaker-settings.ts';
import type { CallScope } from './pipeline/call.ts';
import { sourceBudgetMs, type Compile, type Operation } from './pipeline/operation.ts';

const loyaltyTier = z.object({ tier: z.string() });

export type LoyaltyTier = Readonly<z.infer<typeof loyaltyTier>>;

export const loyaltyOperations = {
  tier: {
    service: 'loyalty',
    name: 'tier',
    method: 'GET',
    path: '/api/v1/users/{id}/tier',
    response: loyaltyTier,
    // Often slow, and slow costs a screen all its time: it is given up early and tried again soon.
    breaker: breakerSettings(3, 20_000),
    budgetMs: sourceBudgetMs,
  },
} as const satisfies Record<string, Operation<unknown>>;

export type LoyaltyClient = ReturnType<typeof createLoyaltyClient>;

export function createLoyaltyClient(compile: Compile) {
  const tier = compile<LoyaltyTier>(loyaltyOperations.tier);
  return {
    tier: (scope: CallScope, userId: string) => tier({ params: { id: userId } }, scope),
  };
}
