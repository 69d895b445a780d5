import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { contextOf, createLogger, withRequestContext } from '@bff/service-kit';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import { identifyCaller } from '../../src/index.ts';
import { actingUser } from '../world/identities.ts';

test('T1 every log line of a request has the tenant as soon as the caller is identified', async () => {
  const lines: { msg: string; tenant?: string; request_id?: string }[] = [];
  const log = createLogger('test', 'info', { write: (text) => void lines.push(JSON.parse(text)) });
  const request = { headers: { 'x-request-id': 'request-1' }, socket: {} } as unknown as IncomingMessage;
  const response = { once: () => response, setHeader: () => response } as unknown as ServerResponse;
  withRequestContext(log)(request, response, () => undefined);
  const logAtFirst = contextOf(request).log;
  logAtFirst.info('nobody is known');
  await identifyCaller({
    authenticate: async () => actingUser(0),
    directory: createTenantDirectory({
      tenants: [{ id: 't1', name: 'One', status: 'active', fields: {} }],
    }),
    trustedProxies: trustedProxies([]),
  })(request as never, response as never, () => undefined);
  contextOf(request).log.info('somebody is known');
  expect(lines.map(({ msg, tenant, request_id }) => ({ msg, tenant, request_id }))).toEqual([
    { msg: 'nobody is known', tenant: undefined, request_id: 'request-1' },
    { msg: 'somebody is known', tenant: 't1', request_id: 'request-1' },
  ]);
});
