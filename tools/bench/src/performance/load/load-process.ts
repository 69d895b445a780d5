import type { LoadJob } from './load-job.ts';
import { saturate } from './saturate.ts';
import { steadyLoad } from './steady-load.ts';

/** The program that makes the load: told by message what to send, it answers with figures or with what went wrong. */
process.on('message', (job: LoadJob) => {
  const { perSecond } = job;
  const running = perSecond === undefined ? saturate(job) : steadyLoad({ ...job, perSecond });
  running.then(
    (figures) => process.send?.({ figures }),
    (error: Error) => process.send?.({ fault: error.message }),
  );
});
