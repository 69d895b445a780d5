import { expect, test } from '@jest/globals';
import { createLogger, createMemoryStore, createMetrics } from '@bff/service-kit';
import { withQuotaMetrics, createQuotas } from '../../src/index.ts';
import { directoryOf, someTenant } from '../some-tenants.ts';

test('T4 the quota metrics count the admitted and rejected requests of all clients together', async () => {
  const metrics = createMetrics('test');
  const defaults = {
    burst: { limit: 3, windowSeconds: 60 },
    daily: { limit: 5, windowSeconds: 86_400 },
  };
  const log = createLogger('test', 'silent');
  const quotas = withQuotaMetrics(createQuotas({ store: createMemoryStore(), defaults, log }), metrics);
  const t1 = directoryOf(someTenant('t1')).find('t1')!;
  for (let i = 0; i < 4; i++) await quotas.admit(t1, 'erp');
  await quotas.admit(t1, 'crm');

  const [{ values } = { values: [] }] = (await metrics.values()).filter(
    ({ name }) => name === 'bff_limit_total',
  );
  expect(Object.fromEntries(values.map(({ labels, value }) => [labels['verdict'], value]))).toEqual({
    admitted: 4,
    refused: 1,
  });
});
