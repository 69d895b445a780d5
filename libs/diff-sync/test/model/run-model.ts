import { isDeepStrictEqual } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { createMemoryStore, StateUnavailable, type StateStore } from '@bff/service-kit';
import { Chance } from '@bff/testbed';
import fastJsonPatch from 'fast-json-patch';
import { applyPatch as applyRfc6902 } from 'rfc6902';
import {
  createDiffSync,
  createSyncClient,
  SyncFailed,
  type DiffSync,
  type JsonObject,
  type Refresh,
  type SyncAnswer,
  type SyncClient,
  type SyncRequest,
} from '../../src/index.ts';
import { MemoryStorage, respond } from '../screen.ts';
import { Clock, hour, key, thingRequest } from '../world.ts';
import { Ledger } from './ledger.ts';
import type { PlantedBug } from './planted-bugs.ts';
import {
  blockable,
  changed,
  compose,
  filtered,
  firstTruth,
  sources,
  type Blockable,
  type Source,
} from './truth.ts';

export interface Report {
  /** How often each kind of answer and event occurred. */
  readonly counts: Record<string, number>;
  readonly faults: string[];
}

interface Device {
  readonly subject: string;
  readonly client: SyncClient;
}

/** Origin of a token, and the view that it identifies if the answer was complete. */
interface Origin {
  readonly generation: number;
  readonly version: number;
  readonly subject: string;
  readonly view?: JsonObject;
}

/** The answer that a named token must get; undefined when the environment made it unusable. */
type Demand = 'not-modified' | 'no reset' | 'policy-changed' | undefined;

interface Replica {
  readonly sync: DiffSync;
  readonly keys: readonly number[];
}

const url = thingRequest.resource;
/**
 * Compares parsed copies: under Jest the result of structuredClone belongs to another realm, and is never
 * deeply equal.
 */
const sameJson = (a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify([a])), JSON.parse(JSON.stringify([b])));

const names = Object.keys(sources) as Source[];

/** Returns the keys in a phase of a rolling rotation: accept the next key, use it, remove the old key. */
function keysOf(phase: number): readonly [number, ...number[]] {
  const generation = Math.floor(phase / 3);
  return ([[generation], [generation, generation + 1], [generation + 1, generation]] as const)[phase % 3]!;
}

/**
 * Runs one random scenario of a screen, with three devices of one user and one of another, three replicas,
 * and all events between refreshes. Compares the view after each refresh with a complete fetch.
 */
export async function runModel(seed: number, steps: number, bug?: PlantedBug): Promise<Report> {
  const chance = new Chance(seed);
  const clock = new Clock();
  const counts: Record<string, number> = {};
  const faults: string[] = [];
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  let step = 0;
  const fault = (what: string) => faults.push(`seed ${seed}, step ${step}: ${what}`);

  let truth = firstTruth();
  const past = [truth];
  let blocked: readonly Blockable[] = ['ssn'];
  let version = 1;
  let degraded: readonly Source[] = [];
  let lossy = 0;
  let storeUp = true;

  let memory = createMemoryStore({ clock: clock.now });
  const ledger = new Ledger(clock.now);
  ledger.onBase = (bytes) => checkSecrets('a stored base', inflateRawSync(bytes).toString());
  const raw = new Proxy({} as StateStore, {
    ownKeys: () => Reflect.ownKeys(memory),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get:
      (_, method: keyof StateStore) =>
      (...parameters: unknown[]) =>
        storeUp
          ? (memory[method] as (...all: unknown[]) => unknown)(...parameters)
          : Promise.reject(new StateUnavailable('down')),
  });
  const store = ledger.watch(bug?.store?.(raw) ?? raw);
  const maxBasesPerScope = 2 + chance.below(7);
  const phases = [0, 0, 0];
  const startReplica = (phase: number): Replica => {
    const keys = keysOf(phase);
    const sync = createDiffSync({
      store,
      keys: keys.map((generation) => key(String.fromCharCode(65 + generation))) as never,
      baseTtlMs: hour,
      maxBasesPerScope,
      identityKeys: { '/things/*/lines': 'sku' },
      now: clock.now,
    });
    return { sync, keys };
  };
  const replicas = phases.map(startReplica);

  const issued = new Map<string, Origin>();
  const devices: Device[] = ['subject-u1', 'subject-u1', 'subject-u1', 'subject-u2'].map((subject) => ({
    subject,
    client: createSyncClient({
      storage: new MemoryStorage(),
      fetch: (_, { headers = {} }) => fetch(subject, headers),
    }),
  }));
  let asked: SyncAnswer[] = [];

  const fullView = () => filtered(compose(truth, []), blocked);
  const answerView = () => filtered(compose(truth, degraded), blocked);
  const degradedFields = () => degraded.flatMap((source) => sources[source]);

  /** Simulates the server and the network in front of it. */
  async function fetch(subject: string, headers: Readonly<Record<string, string>>): Promise<Response> {
    const { sync, keys } = chance.pick(replicas);
    const ifNoneMatch = headers['If-None-Match'];
    const request: SyncRequest = {
      ...thingRequest,
      subject,
      policyVersion: `v${version}`,
      aIm: headers['A-IM'],
      ifNoneMatch,
      view: answerView(),
      degradedFields: degradedFields(),
    };
    const demand = demandOn(ifNoneMatch?.slice(1, -1), subject, keys);
    const context = {
      unfiltered: compose(truth, degraded),
      filter: (view: JsonObject) => filtered(view, blocked),
    };
    const answer = await (bug?.serve?.(sync, request, context) ?? sync.sync(request));
    await sync.settled();
    asked.push(answer);
    if (answer.kind === 'full')
      count(answer.reset ? `reset ${answer.reset}` : answer.token ? 'full' : 'full, degraded');
    else count(answer.kind === 'delta' && answer.kept.length > 0 ? 'delta, degraded' : answer.kind);
    if ('token' in answer && answer.token && !issued.has(answer.token)) {
      const view = degraded.length === 0 ? request.view : undefined;
      issued.set(answer.token, { generation: keys[0]!, version, subject, view });
    }

    checkDemand(answer, demand);
    if (answer.kind === 'full' && answer.reset === 'policy-changed')
      if (issued.get(ifNoneMatch?.slice(1, -1) ?? '')?.version === version)
        fault('reset for a change of policy that did not happen');
    const response = respond(answer, degraded.length > 0);
    checkSecrets('an answer', JSON.stringify([answer, [...response.headers]]));
    checkIdentities(answer);
    if (chance.percent(lossy)) {
      count('lost answer');
      throw new TypeError('fetch failed');
    }
    return response;
  }

  function demandOn(token: string | undefined, subject: string, keys: readonly number[]): Demand {
    const origin = token && issued.get(token);
    if (!origin || origin.subject !== subject || !keys.includes(origin.generation)) return undefined;
    const same = degraded.length === 0 && origin.version === version && sameJson(origin.view, answerView());
    if (same) return 'not-modified';
    if (!storeUp || !ledger.has(token)) return undefined;
    return degraded.length > 0 && origin.version !== version ? 'policy-changed' : 'no reset';
  }

  function checkDemand(answer: SyncAnswer, demand: Demand): void {
    const reset = answer.kind === 'full' ? answer.reset : undefined;
    if (demand === 'not-modified' && answer.kind !== demand)
      fault(`${answer.kind} to the token of the same view`);
    if (demand === 'no reset' && reset) fault(`reset (${reset}) though the base must be there`);
    if (demand === 'policy-changed' && reset !== demand) fault(`${answer.kind} across a change of policy`);
  }

  function checkSecrets(where: string, text: string): void {
    for (const name of blocked) if (text.includes(blockable[name])) fault(`${where} has the blocked ${name}`);
  }

  /** Checks that no item turned into another one, as matching by index would cause. */
  function checkIdentities(answer: SyncAnswer): void {
    for (const operation of answer.kind === 'delta' ? answer.patch : [])
      if (/^\/things\/\d+(?:\/id|\/lines\/\d+\/sku)$/.test(operation.path))
        fault(`${operation.op} of an identity`);
  }

  /** Checks a patch as devices apply it. */
  function checkPatch(before: JsonObject, answer: SyncAnswer, expected: JsonObject): void {
    if (answer.kind !== 'delta') return;
    const first = structuredClone(before);
    applyRfc6902(first, JSON.parse(answer.body));
    if (!sameJson(first, expected)) fault('divergence, with rfc6902');
    try {
      const { newDocument } = fastJsonPatch.applyPatch(structuredClone(before), JSON.parse(answer.body));
      if (!sameJson(newDocument, expected)) fault('divergence, with fast-json-patch');
    } catch {
      fault('fast-json-patch rejects the patch');
    }
  }

  async function refresh({ client }: Device): Promise<void> {
    const before = await client.last(url);
    const expected: Record<string, unknown> = { ...answerView() };
    for (const name of before ? degradedFields() : [])
      if (Object.hasOwn(before!, name)) expected[name] = before![name];
      else Reflect.deleteProperty(expected, name);

    asked = [];
    let result: Refresh | undefined;
    try {
      result = await client.refresh(url);
    } catch (error) {
      if (!(error instanceof SyncFailed) || before) throw error;
      count('nothing to show');
    }
    const [first] = asked;
    // The base is lost and was of another policy: the device keeps nothing of it.
    if (first?.kind === 'full' && first.reset === 'policy-changed' && first.kept.length === 0) {
      for (const name of Object.keys(expected)) Reflect.deleteProperty(expected, name);
      Object.assign(expected, answerView());
    }
    if (before && first) checkPatch(before, first, expected as JsonObject);
    if (asked.length > 1) fault('the device needed a second request');
    if (!result) return;
    count(`device ${result.outcome}`);
    const goal = result.outcome === 'kept' ? before : expected;
    if (!sameJson(result.view, goal)) fault(`divergence on the device (${result.outcome})`);
  }

  /** Sends a token of one user in a request of another user. */
  async function steal(): Promise<void> {
    const token = chance.pick([...issued].filter(([, { subject }]) => subject === 'subject-u1'))?.[0];
    if (!token) return;
    const request = {
      ...thingRequest,
      subject: 'subject-u2',
      policyVersion: `v${version}`,
      view: answerView(),
      degradedFields: [],
      ifNoneMatch: `"${token}"`,
    };
    const { sync } = chance.pick(replicas);
    const answer = await sync.sync(request);
    await sync.settled();
    count('stolen token');
    if (answer.kind !== 'full') fault(`a stolen token gets ${answer.kind}`);
  }

  const events: readonly (readonly [weight: number, event: () => void | Promise<void>])[] = [
    [45, () => void past.push((truth = changed(truth, chance)))],
    [6, () => void (truth = chance.pick(past))],
    [
      4,
      () =>
        void (
          (blocked = chance.pick([[], ['ssn'], ['internal_notes'], ['ssn', 'internal_notes']] as const)),
          version++
        ),
    ],
    [12, () => void (degraded = chance.percent(50) ? [] : names.filter(() => chance.percent(35)))],
    [6, () => void (lossy = chance.pick([0, 0, 10, 50]))],
    [3, () => void (storeUp = !storeUp || chance.percent(40))],
    [2, () => void ((memory = createMemoryStore({ clock: clock.now })), ledger.forgetAll())],
    [3, () => clock.pass(chance.pick([hour / 10, hour / 2, hour]))],
    [16, () => rotate()],
    [3, () => steal()],
  ];
  /**
   * Rotates the key, one replica after the other or, after a leak, on all at once to a key that none accepted
   * before.
   */
  function rotate(): void {
    const leaked = chance.percent(15);
    const slowest = phases.indexOf(Math.min(...phases));
    phases.forEach((phase, index) => {
      if (leaked || index === slowest)
        replicas[index] = startReplica((phases[index] = phase + (leaked ? 3 : 1)));
    });
  }
  async function happen(): Promise<void> {
    let ticket = chance.below(100);
    for (const [weight, event] of events) if ((ticket -= weight) < 0) return event();
  }

  for (; step < steps; step++) {
    clock.pass(1_000);
    await happen();
    await refresh(chance.pick(devices));
  }
  degraded = [];
  lossy = 0;
  storeUp = true;
  for (const device of devices) {
    await refresh(device);
    await refresh(device);
    if (asked[0]?.kind !== 'not-modified') fault(`no 304 at the end: ${asked[0]?.kind}`);
    if (!sameJson(await device.client.last(url), fullView()))
      fault('the final view differs from a complete fetch');
  }
  return { counts, faults };
}
