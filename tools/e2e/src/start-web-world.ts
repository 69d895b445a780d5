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

/** The services, the identity provider and web-bff with its demo page, each a process of its own. */
export interface WebWorld {
  /** Of web-bff, as browsers write it. */
  readonly origin: string;
  /** Of web-bff: metrics, console. */
  readonly managementUrl: string;
  /** By force: it has no time to say goodbye. Resolves when it is gone. @throws {Error} for a name that is not there */
  kill(name: string): Promise<void>;
  /** Again, on the port that it had. Resolves when it serves. */
  restart(name: string): Promise<void>;
  /** Clears the faults of all services. Restarts a web-bff with a breaker that is not closed: it would stay open for some seconds. */
  heal(): Promise<void>;
  /** Resolves when every process is gone. */
  stop(): Promise<void>;
}

/** On free ports. @throws {Error} with the last words of the process that did not start; the others are stopped by then */
export async function startWebWorld(): Promise<WebWorld> {
  const at = worldPorts(await freeWorld());
  const plans = new Map(
    [...worldPlans(at), await withDemoPage(bffPlan('web-bff', at))].map((plan) => [plan.name, plan]),
  );
  const running = new Map([...plans].map(([name, plan]) => [name, startProcess(plan)]));
  const stop = async () => void (await Promise.all([...running.values()].map((each) => each.stop())));
  const named = <Value>(values: ReadonlyMap<string, Value>, name: string): Value => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`no process ${name}`);
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
