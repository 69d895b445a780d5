import {
  bffPlan,
  startProcess,
  worldPlans,
  worldPorts,
  type ProcessPlan,
  type RunningProcess,
} from '@bff/demo-world';

export interface WorldInReach {
  /** Origin of mobile-bff. */
  readonly origin: string;
  /** Address of the service; undefined when another process started it, whose faults must not be changed. */
  readonly notificationService: string | undefined;
  stop(): Promise<void>;
}

/**
 * Finds the demo world on the ports of the environment (`npm start`), or starts the part that mobile-bff
 * needs.
 *
 * @throws {Error} when a process cannot start, as when another part of the demo world uses its port
 */
export async function worldInReach(env: NodeJS.ProcessEnv): Promise<WorldInReach> {
  const at = worldPorts(env);
  const origin = `http://localhost:${at.mobile.port}`;
  const plans: readonly ProcessPlan[] = [...worldPlans(at), bffPlan('mobile-bff', at)];
  if (await answers(plans.at(-1)?.readyUrl ?? ''))
    return { origin, notificationService: undefined, stop: async () => undefined };

  const running: RunningProcess[] = plans.map((plan) => startProcess(plan));
  const stop = async (): Promise<void> => void (await Promise.all(running.map((each) => each.stop())));
  try {
    await Promise.all(running.map(({ ready }) => ready));
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin, notificationService: `http://127.0.0.1:${at.notification.port}`, stop };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
