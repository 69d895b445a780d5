import { expect, test } from '@jest/globals';
import { createLogger, createMemoryStore, createMetrics } from '@bff/service-kit';
import { countedQuotas, createQuotas } from '../../src/index.ts';
import { directoryOf, someTenant } from '../some-tenants.ts';

test('T4 what was admitted and what was refused is counted, for all clients together', async () => {
  const metrics = createMetrics('test');
  const defaults = {
    burst: { limit: 3, windowSeconds: 60 },
    daily: { limit: 5, windowSeconds: 86_400 },
  };
  const log = createLogger('test', 'silent');
  const quotas = countedQuotas(createQuotas({ store: createMemoryStore(), defaults, log }), metrics);
  const acme = directoryOf(someTenant('acme')).find('acme')!;
  for (let i = 0; i < 4; i++) await quotas.admit(acme, 'erp');
  await quotas.admit(acme, 'crm');

  const [{ values } = { values: [] }] = (await metrics.values()).filter(
    ({ name }) => name === 'bff_limit_total',
  );
  expect(Object.fromEntries(values.map(({ labels, value }) => [labels['verdict'], value]))).toEqual({
    admitted: 4,
    refused: 1,
  });
});
