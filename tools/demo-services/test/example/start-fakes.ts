import { startDemoService, type DemoService, type DemoServiceOptions } from '../../src/index.ts';
import { fakes } from '../../src/fakes/index.ts';

type FakeName = keyof typeof fakes;

/** Hand-written fakes by service name, registered or not. */
export interface RunningFakes {
  readonly services: Readonly<Record<FakeName, DemoService>>;
  readonly addresses: Readonly<Record<FakeName, string>>;
  close(): Promise<void>;
}

/** Starts every hand-written fake on a free port. */
export async function startFakes(options: DemoServiceOptions = {}): Promise<RunningFakes> {
  const started = await Promise.all(
    Object.keys(fakes).map(
      async (name) =>
        [name, await startDemoService(`${name}-service`, { slowDelayMs: 0, ...options })] as const,
    ),
  );
  return {
    services: Object.fromEntries(started) as RunningFakes['services'],
    addresses: Object.fromEntries(started.map(([name, { url }]) => [name, url])) as RunningFakes['addresses'],
    close: async () => void (await Promise.all(started.map(([, service]) => service.close()))),
  };
}
