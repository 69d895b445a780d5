import { until } from '@bff/testbed';

/** Repeats the request while the answer has this status; returns the first other answer. */
export const after = <T extends { readonly status: number }>(status: number, ask: () => Promise<T>) =>
  until(async () => {
    const answer = await ask();
    return answer.status !== status && answer;
  });
