import { createLogger, createMetrics, run, startService } from '../src/index.ts';

/** A process whose requests `/reject` and `/throw` leave a fault behind that nobody catches; `/slow` takes half a second. */
await run({
  name: 'crashing',
  settings: {},
  async start() {
    const log = createLogger('crashing', 'info');
    const service = await startService({
      app({ url }, response) {
        if (url === '/reject') void Promise.reject(new Error('nobody listens'));
        if (url === '/throw') setImmediate(() => { throw new Error('nobody catches'); }); // prettier-ignore
        setTimeout(() => response.end('answered'), url === '/slow' ? 500 : 0);
      },
      host: '127.0.0.1',
      port: 0,
      managementPort: 0,
      log,
      metrics: createMetrics('crashing'),
      readiness: {},
      drainDelayMs: 0,
      drainGraceMs: 10_000,
      close: async () => void log.info('closed'),
    });
    return { service, log };
  },
});
