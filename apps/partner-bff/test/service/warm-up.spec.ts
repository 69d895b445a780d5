import { expect, test } from '@jest/globals';
import { createHttpServer, createInMemoryClient } from '@bff/service-kit';
import { connectionsOpenedBy } from '@bff/testbed';
import { readConfig } from '../../src/config.ts';
import { versions } from '../../src/contract/versions.ts';
import { screens } from '../../src/screens.ts';
import { rehearse, startPartnerBff } from '../../src/wiring.ts';

const env = { PORT: '0', MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };

test('A9 the warm-up requests every operation of the screen table without opening a connection', async () => {
  const statuses = new Set<number>();
  let names: readonly string[] = [];
  const opened = await connectionsOpenedBy(async () => {
    const { listener, steps, close } = await rehearse(readConfig(env));
    names = steps.map(({ name }) => name);
    const client = createInMemoryClient(createHttpServer(listener));
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
  });
  expect(names).toEqual(
    versions.flatMap(({ name }) => screens.rows.map(({ method, path }) => `${method} /${name}${path}`)),
  );
  expect([200, 226, 304]).toEqual(expect.arrayContaining([...statuses]));
  expect(opened).toEqual([]);
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
