import {
  createLogger,
  createMetrics,
  startService,
  type Service,
  type ServiceOptions,
} from '../../src/index.ts';

/** A service on free ports that logs nothing, depends on nothing and drains at once, but for what is said. */
export const startTestService = ({
  log = createLogger('test', 'silent'),
  metrics = createMetrics('test'),
  ...options
}: Pick<ServiceOptions, 'app'> & Partial<ServiceOptions>): Promise<Service> =>
  startService({
    host: '127.0.0.1',
    port: 0,
    managementPort: 0,
    log,
    metrics,
    readiness: {},
    drainDelayMs: 0,
    drainGraceMs: 1_000,
    close: async () => undefined,
    ...options,
  });
