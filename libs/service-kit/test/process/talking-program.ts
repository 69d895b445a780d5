import { createLogger, run } from '../../src/index.ts';
import { startTestService } from './start-test-service.ts';

/** A process that logs 3 MB at each request, more than the buffers of the pipe and the process hold. */
await run({
  name: 'talking',
  settings: {},
  async start() {
    const log = createLogger('talking', 'info');
    const service = await startTestService({
      app(_, response) {
        for (let i = 0; i < 3_000; i++) log.info({ i }, 'x'.repeat(1_000));
        response.end('answered');
      },
      log,
    });
    return { service, log };
  },
});
