import { get, service } from '@bff/upstream-clients';
import { z } from 'zod';

export const loyalty = service(
  'loyalty',
  // This service is often slow and then uses up the time of screens, so its breaker opens after few failures.
  { address: 'http://127.0.0.1:8083', breaker: { consecutiveFailures: 3 } },
  { tier: get('/api/v1/users/{userId}/tier', { response: z.object({ tier: z.string() }) }) },
);
