import {
  createHttpServer,
  createInMemoryClient,
  type InMemoryAnswer,
  type InMemoryRequest,
  type Rehearsal,
} from '@bff/service-kit';
import { connectionsOpenedBy } from '@bff/testbed';

export interface RunRehearsal {
  /** Names of the steps. */
  readonly names: readonly string[];
  readonly exchanges: readonly { readonly request: InMemoryRequest; readonly answer: InMemoryAnswer }[];
  /** Errors of the steps that failed. */
  readonly failures: readonly unknown[];
  /** Options of the connections that the rehearsal opened. */
  readonly opened: readonly unknown[];
}

/** Runs every step of the warm-up of a BFF once, as `warmUp` does, and returns what happened. */
export async function runRehearsal(rehearse: () => Promise<Rehearsal>): Promise<RunRehearsal> {
  const exchanges: { request: InMemoryRequest; answer: InMemoryAnswer }[] = [];
  const failures: unknown[] = [];
  let names: readonly string[] = [];
  const opened = await connectionsOpenedBy(async () => {
    const { listener, steps, close } = await rehearse();
    names = steps.map(({ name }) => name);
    const client = createInMemoryClient(createHttpServer(listener));
    for (const step of steps)
      await step
        .run(async (request) => {
          const answer = await client.send(request);
          exchanges.push({ request, answer });
          return answer;
        })
        .catch((error: unknown) => void failures.push(error));
    client.close();
    await close();
  });
  return { names, exchanges, failures, opened };
}
