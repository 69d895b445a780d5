import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createLogger, withRequestContext } from '@bff/service-kit';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import { identifyCaller, requestScope } from '../../src/index.ts';

const identity = { subject: 'u', tenants: ['t1'], roles: [], permissions: [], authTime: 0, expiresAt: 9e9 };

test('F14 the time that was spent on identifying the caller counts towards the deadline of the request', async () => {
  const enter = withRequestContext(createLogger('test', 'silent'));
  const identify = identifyCaller({
    authenticate: () => delay(100, identity),
    directory: createTenantDirectory({
      tenants: [{ id: 't1', name: 't1', status: 'active', fields: { blocked: [], allowed: [] } }],
    }),
    trustedProxies: trustedProxies([]),
  });
  const server = createServer((request, response) =>
    enter(request, response, () => {
      void identify(request as never, response as never, () => {
        const { deadline, tracestate } = requestScope(request, () => () => '', 1_000);
        response.end(JSON.stringify({ remaining: deadline.remaining(), tracestate }));
      });
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const headers = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, tracestate: 'foo=1' };
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
  const { remaining, tracestate } = (await answer.json()) as { remaining: number; tracestate: string };
  expect(remaining).toBeLessThanOrEqual(901);
  expect(tracestate).toBe('foo=1');
  server.close();
  server.closeAllConnections();
});
