import { expect, test } from '@jest/globals';
import { runRehearsal } from '@bff/demo-world';
import { readConfig } from '../../src/config.ts';
import { tools } from '../../src/tools.ts';
import { rehearse, startAgentBff } from '../../src/wiring.ts';

const env = { PORT: '0', MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };

test('A9 the warm-up lists the tools and calls each, and opens no connection', async () => {
  const { names, exchanges, failures, opened } = await runRehearsal(() => rehearse(readConfig(env)));
  expect(names).toEqual(['tools/list', ...tools.map(({ name }) => `tools/call ${name}`)]);
  expect(failures).toEqual([]);
  expect([...new Set(exchanges.map(({ answer }) => answer.status))]).toEqual([200]);
  expect(opened).toEqual([]);
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
