import autocannon from 'autocannon';
import { connections, expectAnswers, type LoadFigures, type LoadJob, type Target } from './load-job.ts';

/** autocannon notices only at a sample that a run is over, so this is also the resolution of `seconds`. */
const samplePeriodMs = 10;

/** Sends requests as fast as the servers answer them. @throws {Error} when the answers are not as expected */
export async function saturate({ origins, targets, status, requests }: LoadJob): Promise<LoadFigures> {
  let turn = 0;
  const next = (): Target => targets[turn++ % targets.length] as Target;
  const share = Math.round(requests / origins.length);
  const results = await Promise.all(
    origins.map((url) =>
      autocannon({
        url,
        connections: Math.round(connections / origins.length),
        amount: share,
        timeout: 30,
        sampleInt: samplePeriodMs,
        requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
      }),
    ),
  );
  for (const { statusCodeStats } of results)
    expectAnswers(statusCodeStats[String(status)]?.count ?? 0, share, status);
  return {
    seconds: Math.max(...results.map(({ duration }) => duration)),
    latencies: [],
    sentLate: [],
    statuses: [],
  };
}
