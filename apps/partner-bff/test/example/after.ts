import { until } from '@bff/testbed';

/** Asks again for as long as the answer has this status; the first answer after it. */
export const after = <T extends { readonly status: number }>(status: number, ask: () => Promise<T>) =>
  until(async () => {
    const answer = await ask();
    return answer.status !== status && answer;
  });
