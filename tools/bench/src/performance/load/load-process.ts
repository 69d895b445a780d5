import type { LoadJob } from './load-job.ts';
import { saturate } from './saturate.ts';
import { steadyLoad } from './steady-load.ts';

/**
 * Program that generates the load: receives a job as a message and replies with figures or with the error.
 * Exits with its parent, in the middle of a job too.
 */
process.once('disconnect', () => process.exit());
process.on('message', (job: LoadJob) => {
  const { perSecond } = job;
  const running = perSecond === undefined ? saturate(job) : steadyLoad({ ...job, perSecond });
  running.then(
    (figures) => process.send?.({ figures }),
    (error: Error) => process.send?.({ fault: error.message }),
  );
});
