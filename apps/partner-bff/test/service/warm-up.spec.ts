import { expect, test } from '@jest/globals';
import { runRehearsal } from '@bff/demo-world';
import { readConfig } from '../../src/config.ts';
import { versions } from '../../src/contract/versions.ts';
import { screens } from '../../src/screens.ts';
import { rehearse, startPartnerBff } from '../../src/wiring.ts';

const env = { PORT: '0', MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };

test('A9 the warm-up requests every operation of the screen table without opening a connection', async () => {
  // A step may fail, because generated sample data cannot satisfy every schema.
  const { names, exchanges, opened } = await runRehearsal(() => rehearse(readConfig(env)));
  const statuses = exchanges
    .filter(({ request, answer }) => request.method === undefined && answer.status < 400)
    .map(({ answer }) => answer.status);
  expect(names).toEqual(
    versions.flatMap(({ name }) => screens.rows.map(({ method, path }) => `${method} /${name}${path}`)),
  );
  expect([200, 226, 304]).toEqual(expect.arrayContaining(statuses));
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
