import { createLogger, run } from '../../src/index.ts';
import { startTestService } from './start-test-service.ts';

/** A process whose requests `/reject` and `/throw` cause an uncaught error; `/slow` takes half a second. */
await run({
  name: 'crashing',
  settings: {},
  async start() {
    const log = createLogger('crashing', 'info');
    const service = await startTestService({
      app({ url }, response) {
        if (url === '/reject') void Promise.reject(new Error('nobody listens'));
        if (url === '/throw')
          setImmediate(() => {
            throw new Error('nobody catches');
          });
        setTimeout(() => response.end('answered'), url === '/slow' ? 500 : 0);
      },
      log,
      drainGraceMs: 10_000,
      close: async () => void log.info('closed'),
    });
    return { service, log };
  },
});
