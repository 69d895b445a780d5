import type { Metrics } from '@bff/service-kit';
import type { Quotas } from './quota.ts';

/** Wraps quotas so that `bff_limit_total` counts their decisions. */
export function withQuotaMetrics(quotas: Quotas, metrics: Metrics): Quotas {
  const verdicts = metrics.counter('bff_limit_total', 'Requests checked against their quotas', ['verdict']);
  const admitted = verdicts.labels('admitted');
  const refused = verdicts.labels('refused');
  return {
    ...quotas,
    async admit(tenant, client) {
      const verdict = await quotas.admit(tenant, client);
      (verdict.exceeded ? refused : admitted).inc();
      return verdict;
    },
  };
}
