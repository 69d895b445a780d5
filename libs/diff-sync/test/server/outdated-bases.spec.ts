import { afterEach, expect, test } from '@jest/globals';
import type { Logger } from '@bff/service-kit';
import { removeOutdatedBases, type OutdatedBases, type Policies } from '../../src/index.ts';
import { createWorld, delta, full, hour, t1, t2, tag, thing, type World } from '../world.ts';

/** Never reached: the tests call `check` themselves. */
const intervalMs = hour;
const started: OutdatedBases[] = [];

afterEach(() => {
  for (const each of started.splice(0)) each.stop();
});

/** A directory whose policies the test replaces. */
class SomePolicies implements Policies {
  version = '';
  #versions: Record<string, string> = {};

  constructor(versions: Record<string, string>) {
    this.set(versions);
  }

  set(versions: Record<string, string>): void {
    this.#versions = versions;
    this.version = JSON.stringify(versions);
  }

  find(tenant: string): { policyVersion: string } | undefined {
    const policyVersion = this.#versions[tenant];
    return policyVersion === undefined ? undefined : { policyVersion };
  }
}

/** Starts one replica. The first check of a version only notes it. */
function replica({ watched }: World, policies: Policies, service = 'some-bff'): OutdatedBases {
  const outdated = removeOutdatedBases({ store: watched.store, service, policies, intervalMs });
  started.push(outdated);
  return outdated;
}

async function checkTwice(outdated: OutdatedBases): Promise<void> {
  await outdated.check();
  await outdated.check();
}

test('after a policy change, the sync bases of the former policy are deleted, and those of other tenants are kept', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v1', t2: 'v1' });
  const outdated = replica(world, policies);
  const { token } = full(await world.ask(thing({ note: 'to be blocked' }), { tenant: t1 }));
  await world.ask(thing(), { tenant: t2 });
  await checkTwice(outdated);
  expect(await world.watched.liveBases()).toHaveLength(2);

  policies.set({ t1: 'v2', t2: 'v1' });
  await checkTwice(outdated);
  expect(await world.watched.liveBases()).toHaveLength(1);
  const after = await world.ask(thing(), { tenant: t1, policyVersion: 'v2', ifNoneMatch: tag(token) });
  expect(full(after).reset).toBe('unknown');
});

test('the sync bases of the policy in force are kept, and deltas from these bases continue', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v1' });
  const outdated = replica(world, policies);
  await checkTwice(outdated);
  policies.set({ t1: 'v2' });
  const { token } = full(await world.ask(thing(), { policyVersion: 'v2' }));
  await checkTwice(outdated);
  delta(await world.ask(thing({ note: 'new' }), { policyVersion: 'v2', ifNoneMatch: tag(token) }));
});

test('the sync bases of a tenant that was removed from the directory are deleted', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v1', t2: 'v1' });
  await world.ask(thing(), { tenant: t2 });
  const outdated = replica(world, policies);
  await checkTwice(outdated);
  policies.set({ t1: 'v1' });
  await checkTwice(outdated);
  expect(await world.watched.liveBases()).toEqual([]);
});

test('no sync base is deleted before the new policy has been in force for one interval, because other replicas may still store bases of the former policy', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v1' });
  const outdated = replica(world, policies);
  await checkTwice(outdated);
  await world.ask(thing());
  policies.set({ t1: 'v2' });
  await outdated.check();
  expect(await world.watched.liveBases()).toHaveLength(1);
  await outdated.check();
  expect(await world.watched.liveBases()).toEqual([]);
});

test('when a policy changed while the service was stopped, the sync bases of the former policy are deleted after the restart', async () => {
  const world = createWorld();
  await checkTwice(replica(world, new SomePolicies({ t1: 'v1' })));
  await world.ask(thing());
  await checkTwice(replica(world, new SomePolicies({ t1: 'v2' })));
  expect(await world.watched.liveBases()).toEqual([]);
});

test('when a policy returns to an earlier version, the sync bases of the version in between are deleted', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v1' });
  const outdated = replica(world, policies);
  for (const version of ['v1', 'v2', 'v1']) {
    policies.set({ t1: version });
    await world.ask(thing({ version }), { policyVersion: version });
    await checkTwice(outdated);
  }
  expect(await world.watched.liveBases()).toHaveLength(1);
});

test('one replica scans the store for a policy change; the others read the result', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v1' });
  const replicas = [replica(world, policies), replica(world, policies), replica(world, policies)];
  for (let round = 0; round < 3; round++) await Promise.all(replicas.map((each) => each.check()));
  expect(world.watched.calls.filter(({ method }) => method === 'scan')).toHaveLength(1);
  expect(world.watched.calls.filter(({ method }) => method === 'get').length).toBeLessThanOrEqual(6);
});

test('when the store fails during the scan for outdated sync bases, the next check scans the store again', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v2' });
  await world.ask(thing());
  const outdated = replica(world, policies);
  await outdated.check();
  world.watched.state = 'down';
  await expect(outdated.check()).rejects.toThrow('down');
  expect(await world.watched.liveBases()).toHaveLength(1);
  world.watched.state = 'up';
  await outdated.check();
  expect(await world.watched.liveBases()).toEqual([]);
});

test('when the replica that started the scan for outdated sync bases stops before its end, another replica finishes it after the lock has expired', async () => {
  const world = createWorld();
  const policies = new SomePolicies({ t1: 'v2' });
  await world.ask(thing());
  const first = replica(world, policies);
  const second = replica(world, policies);
  await Promise.all([first.check(), second.check()]);
  world.watched.failing.add('scan').add('deleteIf');
  await expect(first.check()).rejects.toThrow('down');
  world.watched.failing.clear();
  await second.check();
  expect(await world.watched.liveBases()).toHaveLength(1);
  world.clock.pass(5 * 60_000);
  await second.check();
  expect(await world.watched.liveBases()).toEqual([]);
});

test('a failure of the timer that deletes outdated sync bases is logged and never rejects', async () => {
  const world = createWorld();
  world.watched.state = 'down';
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const log = { info: () => undefined, warn: resolve } as unknown as Pick<Logger, 'info' | 'warn'>;
  const policies = new SomePolicies({ t1: 'v1' });
  const { store } = world.watched;
  started.push(removeOutdatedBases({ store, service: 'some-bff', policies, intervalMs: 5, log }));
  expect(await promise).toMatchObject({ err: { message: 'down' } });
});
