import {
  bffPlan,
  freeWorld,
  servicePorts,
  startProcess,
  withDemoPage,
  worldPlans,
  worldPorts,
  type RunningProcess,
} from '@bff/demo-world';

/** The services, the identity provider and web-bff with its demo page, each in its own process. */
export interface WebWorld {
  /** Origin of web-bff as browsers send it. */
  readonly origin: string;
  /** Address of web-bff's management port: metrics and console. */
  readonly managementUrl: string;
  /** Kills a process by SIGKILL; resolves when it has exited. @throws {Error} on an unknown name */
  kill(name: string): Promise<void>;
  /** Starts a process again on the same port; resolves when it serves. */
  restart(name: string): Promise<void>;
  /**
   * Removes the faults of all services. Restarts web-bff when a breaker is not closed, because the breaker
   * would stay open for seconds.
   */
  heal(): Promise<void>;
  /** Stops all processes; resolves when they have exited. */
  stop(): Promise<void>;
}

/**
 * Starts the processes on free ports. @throws {Error} with the last output of a process that does not start;
 * the others are stopped then
 */
export async function startWebWorld(): Promise<WebWorld> {
  const at = worldPorts(await freeWorld());
  const plans = new Map(
    [...worldPlans(at), await withDemoPage(bffPlan('web-bff', at))].map((plan) => [plan.name, plan]),
  );
  const running = new Map([...plans].map(([name, plan]) => [name, startProcess(plan)]));
  const stop = async () => void (await Promise.all([...running.values()].map((each) => each.stop())));
  const named = <Value>(values: ReadonlyMap<string, Value>, name: string): Value => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`no process is named ${name}`);
    return value;
  };

  try {
    await Promise.all([...running.values()].map(({ ready }) => ready));
  } catch (error) {
    await stop();
    throw error;
  }
  const managementUrl = `http://127.0.0.1:${at.webManagement.port}`;
  const restart = async (name: string): Promise<void> => {
    const again = startProcess(named(plans, name));
    running.set(name, again);
    await again.ready;
  };
  return {
    origin: `http://localhost:${at.web.port}`,
    managementUrl,
    kill: async (name) => killed(named(running, name)),
    restart,
    async heal() {
      const ports = servicePorts(at);
      await Promise.all(
        ports.map((port) => fetch(`http://127.0.0.1:${port}/__faults`, { method: 'DELETE' })),
      );
      const metrics = await (await fetch(`${managementUrl}/metrics`)).text();
      if (!/^bff_breaker_state\{.*\} [12]$/m.test(metrics)) return;
      await killed(named(running, 'web-bff'));
      await restart('web-bff');
    },
    stop,
  };
}

async function killed(each: RunningProcess): Promise<void> {
  each.child.kill('SIGKILL');
  await each.stop();
}
