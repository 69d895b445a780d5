import { Socket } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createHttpServer, createInMemoryClient } from '@bff/service-kit';
import { readConfig } from '../../src/config.ts';
import { versions } from '../../src/contract/versions.ts';
import { screens } from '../../src/screens.ts';
import { rehearse, startPartnerBff } from '../../src/wiring.ts';

const env = { PORT: '0', MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };
afterEach(() => void jest.restoreAllMocks());

/**
 * Clients of other test files in this process may still connect to their servers, which have ephemeral ports. The
 * configured addresses have lower ones.
 */
const isToConfigured = ([to]: readonly unknown[]): boolean =>
  !(Number((to as { readonly port?: unknown } | undefined)?.port) >= 32_768);

test('A9 the warm-up requests every operation of the screen table without opening a connection', async () => {
  const connect = jest.spyOn(Socket.prototype, 'connect');
  const { listener, steps, close } = await rehearse(readConfig(env));
  const client = createInMemoryClient(createHttpServer(listener));
  const statuses = new Set<number>();
  // Ignores a step that fails, because generated sample data cannot satisfy every schema.
  for (const step of steps)
    await step
      .run(async (request) => {
        const answer = await client.send(request);
        if (request.method === undefined && answer.status < 400) statuses.add(answer.status);
        return answer;
      })
      .catch(() => undefined);
  client.close();
  await close();
  expect(steps.map(({ name }) => name)).toEqual(
    versions.flatMap(({ name }) => screens.rows.map(({ method, path }) => `${method} /${name}${path}`)),
  );
  expect([200, 226, 304]).toEqual(expect.arrayContaining([...statuses]));
  expect(connect.mock.calls.filter(isToConfigured)).toEqual([]);
});

test('A9 the warm-up is not counted in the metrics of the service', async () => {
  const { service } = await startPartnerBff(readConfig({ ...env, WARM_UP_MS: '1000' }));
  const metrics = await (await fetch(`${service.managementUrl}/metrics`)).text();
  await service.stop();
  expect(metrics).toContain('bff_requests_in_flight');
  expect(metrics).not.toMatch(
    /^bff_(?:request|upstream)_seconds_count|^bff_loop_seconds_total\{|^bff_sessions_total\{[^}]*created[^}]*\} [1-9]|^bff_limit_total\{.*\} [1-9]/m,
  );
});
