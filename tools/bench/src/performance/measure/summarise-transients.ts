import type { OverloadSummary, TransientSummary } from '../report/performance-report.ts';
import { estimate } from './estimate.ts';
import type { OverloadStep } from './measure-overload.ts';
import type { TransientFigures } from './measure-transients.ts';
import { byRow, type Generations } from './summarise.ts';

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Summarises loads over the generations. Counts are sums, so that a single refused request shows. */
export function summariseTransients(generations: Generations<TransientFigures>): TransientSummary[] {
  return byRow(generations).map((each) => ({
    name: each[0]?.name ?? '',
    perSecond: estimate(each.map(({ perSecond }) => [perSecond])),
    requests: sum(each.map(({ requests }) => requests)),
    refused: sum(each.map(({ refused }) => refused)),
    failed: sum(each.map(({ failed }) => failed)),
    p99: (each[0]?.p99 ?? []).map((_, second) =>
      estimate(each.map(({ p99 }) => [p99[second] ?? Number.NaN])),
    ),
  }));
}

/** Summarises the steps of an overload over the generations; counts are sums. */
export function summariseOverload(generations: Generations<OverloadStep>): OverloadSummary[] {
  return byRow(generations).map((each) => {
    // A latency is NaN in a step without such answers.
    const figure = (
      of: 'offered' | 'answered' | 'shed' | 'p50' | 'p99' | 'shedP99' | 'quietP99' | 'sentLateP99',
    ) => {
      const values = each.map((step) => step[of]).filter(Number.isFinite);
      return values.length > 0 ? estimate(values.map((value) => [value])) : undefined;
    };
    return {
      name: each[0]?.name ?? '',
      offered: figure('offered'),
      answered: figure('answered'),
      shed: figure('shed'),
      failed: sum(each.map(({ failed }) => failed)),
      p50: figure('p50'),
      p99: figure('p99'),
      shedP99: figure('shedP99'),
      quietRefused: sum(each.map(({ quietRefused }) => quietRefused)),
      quietP99: figure('quietP99'),
      sentLateP99: figure('sentLateP99'),
    };
  });
}
