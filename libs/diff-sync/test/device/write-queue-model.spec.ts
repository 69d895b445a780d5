import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSyncClient, createWriteQueue, type JsonObject } from '../../src/index.ts';
import { meansTheSame, mergePatch } from '../../src/patch/merge-patch.ts';
import type { SettledWrite } from '../../src/device/writes/write-queue.ts';
import { address, origin, SettingsService, type Fate } from './settings-service.ts';
import { MemoryStorage, originLock } from '../screen.ts';

type Step =
  | { readonly does: 'patch'; readonly changes: JsonObject }
  | { readonly does: 'somebody else'; readonly changes: JsonObject }
  | { readonly does: 'post'; readonly id: number }
  | { readonly does: 'refresh' }
  /** The device stops after this many storage operations, before or after the last of them. */
  | { readonly does: 'flush'; readonly fates: readonly Fate[]; readonly endsAfter: number };

/** Few names and values, so that writes overlap. */
const changes = fc.dictionary(fc.constantFrom('theme', 'language', 'ssn'), fc.constantFrom(null, 'a', 'b'), {
  minKeys: 1,
});
const fate = fc.constantFrom<Fate>('ok', 'ok', 'lost', 'offline', 'portal', 'busy');
const alone = [
  fc.record({ does: fc.constant('patch' as const), changes }),
  fc.record({ does: fc.constant('post' as const), id: fc.nat(3) }),
  fc.record({ does: fc.constant('refresh' as const) }),
  fc.record({
    does: fc.constant('flush' as const),
    fates: fc.array(fate, { maxLength: 6 }),
    endsAfter: fc.nat(20),
  }),
];
const together = [...alone, fc.record({ does: fc.constant('somebody else' as const), changes })];
const lifeOf = (steps: readonly fc.Arbitrary<Step>[]) => fc.array(fc.oneof(...steps), { maxLength: 25 });

/** Storage of a device that may stop at any operation: all later ones fail until the device restarts. */
class MortalStorage extends MemoryStorage {
  stepsLeft = Infinity;

  override async get(key: string): Promise<string | undefined> {
    this.#step();
    return super.get(key);
  }
  override async set(key: string, value: string): Promise<void> {
    this.#step();
    await super.set(key, value);
    this.#step();
  }
  override async delete(key: string): Promise<void> {
    this.#step();
    await super.delete(key);
    this.#step();
  }
  #step(): void {
    if (this.stepsLeft-- <= 0) throw new Error('the device ended');
  }
}

async function live(steps: readonly Step[], instead: (body: JsonObject) => JsonObject | undefined) {
  const service = new SettingsService();
  service.retryAfter = '0';
  const storage = new MortalStorage();
  const reports: { readonly kind: SettledWrite['kind'] | 'conflict'; readonly key: string }[] = [];
  /** Every patch that was requested, with the number of states at that time. */
  const wanted = new Map<
    string,
    { readonly body: JsonObject; readonly since: number; readonly isPatch: boolean }
  >();
  const untrue: string[] = [];
  /** Keys of the user's writes. */
  const added: string[] = [];
  const clock = { time: 0 };
  let keys = 0;
  let made: JsonObject = {};
  let isPatch = true;

  function boot() {
    const fetch: typeof service.fetch = async (url, init) => {
      if (storage.stepsLeft < 0) throw new Error('the device ended');
      return service.fetch(url, init);
    };
    const client = createSyncClient({
      storage,
      lock: originLock(),
      fetch: (url, init) => fetch(url, { ...init, method: 'GET' }),
    });
    const queue = createWriteQueue({
      storage,
      fetch,
      now: () => clock.time,
      lock: originLock(),
      newKey() {
        const key = `k${++keys}`;
        wanted.set(key, { body: made, since: service.states.length - 1, isPatch });
        return key;
      },
      settled({ kind, write }) {
        reports.push({ kind, key: write.key });
        const { since = 0 } = wanted.get(write.key) ?? {};
        const held = (state: JsonObject) =>
          write.method !== 'PATCH' || meansTheSame(state, mergePatch(state, write.body));
        if (kind === 'applied' && !service.states.slice(since).some(held)) untrue.push(write.key);
      },
      resolve({ write, current }) {
        reports.push({ kind: 'conflict', key: write.key });
        if (meansTheSame(current, mergePatch(current, write.body))) untrue.push(write.key);
        const patch = instead(write.body);
        made = patch ?? {};
        isPatch = true;
        return patch;
      },
    });
    return { client, queue };
  }

  let { client, queue } = boot();
  await client.refresh(address);
  for (const step of steps) {
    if (step.does === 'somebody else') service.write(step.changes);
    else if (step.does === 'refresh') await client.refresh(address);
    else if (step.does === 'flush') {
      clock.time += 3_600_000;
      service.fates = [...step.fates];
      storage.stepsLeft = step.endsAfter;
      await queue.flush().catch(() => undefined);
      storage.stepsLeft = Infinity;
      service.fates = [];
      ({ client, queue } = boot());
    } else {
      isPatch = step.does === 'patch';
      if (step.does === 'patch') added.push(await queue.patch(address, (made = step.changes)));
      else added.push(await queue.send('POST', `${origin}/api/things/n${step.id}/read`));
    }
  }
  for (let left = 1; left > 0; clock.time += 3_600_000) ({ left } = await queue.flush());
  return { service, client, queue, reports, wanted, added, untrue };
}

/** Returns each key once, in order of its first occurrence. */
const firsts = (keys: readonly (string | null)[]): string[] =>
  [...new Set(keys)].map((key) => String(key).replaceAll('"', ''));

test('when a single device loses any messages and stops at any time, every write is made once, in order, without a conflict', async () => {
  await fc.assert(
    fc.asyncProperty(lifeOf(alone), async (steps) => {
      const { service, client, reports, wanted, added, untrue } = await live(steps, () => undefined);
      expect([untrue, reports.filter(({ kind }) => kind === 'conflict')]).toEqual([[], []]);
      const superseded = reports.filter(({ kind }) => kind === 'superseded').map(({ key }) => key);
      const sent = added.filter((key) => !superseded.includes(key));
      expect(new Set(superseded).size).toBe(superseded.length);
      expect(firsts(reports.filter(({ kind }) => kind !== 'superseded').map(({ key }) => key))).toEqual(sent);

      const patches = sent.flatMap((key) => (wanted.get(key)!.isPatch ? [wanted.get(key)!.body] : []));
      const fine = patches.filter((body) => !Object.hasOwn(body, 'ssn'));
      expect(service.done.length).toBe(fine.length);
      const keys = service.done.map(String);
      expect(keys.map((key) => wanted.get(key.replaceAll('"', ''))!.body)).toEqual(fine);
      expect(service.state).toEqual(fine.reduce(mergePatch, service.states[0]!));
      if (patches.length > 0) expect(await client.last(address)).toEqual(service.state);
    }),
    { numRuns: 400 },
  );
}, 60_000);

test.each([
  ['resolved by giving up the own change', () => undefined],
  ['resolved by repeating the own change', (body: JsonObject) => body],
] as const)(
  'when another client writes too and conflicts are %s, every report is true and every write is reported, in order',
  async (_, instead) => {
    await fc.assert(
      fc.asyncProperty(lifeOf(together), async (steps) => {
        const { service, queue, reports, added, untrue } = await live(steps, instead);
        expect(untrue).toEqual([]);
        expect((await queue.state()).pending).toEqual([]);
        const reported = new Set(reports.map(({ key }) => key));
        expect(added.filter((key) => !reported.has(key))).toEqual([]);
        const asked = reports.some(({ kind }) => kind === 'conflict');
        if (asked) expect(steps.some(({ does }) => does === 'somebody else')).toBe(true);
        expect(service.done.length).toBe(new Set(service.done).size);
        const done = firsts(service.done);
        if (!instead({})) expect(done).toEqual(added.filter((key) => done.includes(key)));
      }),
      { numRuns: 400 },
    );
  },
  60_000,
);
