import { Socket } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createHttpServer, createInMemoryClient } from '@bff/service-kit';
import { readConfig } from '../../src/config.ts';
import { tools } from '../../src/tools.ts';
import { rehearse, startAgentBff } from '../../src/wiring.ts';

const env = { PORT: '0', MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };
afterEach(() => void jest.restoreAllMocks());

/**
 * Clients of other test files in this process may still connect to their servers, which have ephemeral ports. The
 * configured addresses have lower ones.
 */
const isToConfigured = ([to]: readonly unknown[]): boolean =>
  !(Number((to as { readonly port?: unknown } | undefined)?.port) >= 32_768);

test('A9 the warm-up lists the tools and calls each, and opens no connection', async () => {
  const connect = jest.spyOn(Socket.prototype, 'connect');
  const { listener, steps, close } = await rehearse(readConfig(env));
  const client = createInMemoryClient(createHttpServer(listener));
  const statuses = new Set<number>();
  for (const step of steps)
    await step.run(async (request) => {
      const answer = await client.send(request);
      statuses.add(answer.status);
      return answer;
    });
  client.close();
  await close();
  expect(steps.map(({ name }) => name)).toEqual([
    'tools/list',
    ...tools.map(({ name }) => `tools/call ${name}`),
  ]);
  expect([...statuses]).toEqual([200]);
  expect(connect.mock.calls.filter(isToConfigured)).toEqual([]);
});

test('A9 the warm-up is not counted in the metrics of the service', async () => {
  const { service } = await startAgentBff(readConfig({ ...env, WARM_UP_MS: '1000' }));
  const metrics = await (await fetch(`${service.managementUrl}/metrics`)).text();
  await service.stop();
  expect(metrics).toContain('bff_requests_in_flight');
  expect(metrics).not.toMatch(
    /^bff_(?:request|upstream)_seconds_count|^bff_loop_seconds_total\{|^bff_limit_total\{.*\} [1-9]/m,
  );
});
