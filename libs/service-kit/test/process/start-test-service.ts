import {
  createLogger,
  createMetrics,
  startService,
  type Service,
  type ServiceOptions,
} from '../../src/index.ts';

/**
 * Starts a service on free ports that logs nothing, has no dependencies and drains at once, unless the
 * options differ.
 */
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
