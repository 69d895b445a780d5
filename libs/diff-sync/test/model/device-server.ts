import { createDiffSync, type DiffSync, type JsonObject, type SyncReply } from '../../src/index.ts';
import { createMemoryStore } from '@bff/service-kit';
import { mergePatch } from '../../src/patch/merge-patch.ts';
import type { WriteInit } from '../../src/device/writes/write-queue.ts';
import { respond } from '../screen.ts';
import { hour, key as secret, thingRequest } from '../world.ts';

export const origin = 'https://app.example';
export const address = `${origin}/api/settings`;

const problem = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json(
    { type: `/problems/${status}`, status },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  );

/** A server with differential sync, writes and receipts that records everything that happened to it. */
export class DeviceServer {
  readonly states: JsonObject[] = [{ theme: 'light', language: 'en' }];
  /** How often each write was made, by key. */
  readonly made = new Map<string, number>();
  readonly refused = new Set<string>();
  readonly faults: string[] = [];
  /** Whether the server answers 500 to a body with `bomb`. */
  isFragile = true;
  /**
   * Whether the server replays answers by key. If not, it applies every write that arrives, and only the
   * receipt prevents a duplicate.
   */
  readonly replays: boolean;
  readonly #requests = new Map<string, string>();
  readonly #answers = new Map<string, Response>();
  readonly #sync: DiffSync;

  constructor(replays: boolean, now: () => number) {
    this.replays = replays;
    this.#sync = createDiffSync({
      store: createMemoryStore({ clock: now }),
      keys: [secret('a')],
      baseTtlMs: hour,
      now,
    });
  }

  get state(): JsonObject {
    return this.states.at(-1)!;
  }
  write(changes: JsonObject): void {
    this.states.push(mergePatch(this.state, changes));
  }

  #last: Promise<unknown> = Promise.resolve();
  /** Handles one request at a time, because the services below compare and write atomically. */
  answer(url: string, init: WriteInit): Promise<Response> {
    const answer = this.#last.then(() => this.#answer(url, init));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #answer(url: string, { method, headers = {}, body }: WriteInit): Promise<Response> {
    const path = url.slice(origin.length);
    if (method === 'GET' && path.startsWith('/api/writes/')) return this.#receipt(path.slice(12));
    if (method === 'GET') return this.#read(headers);
    const key = headers['Idempotency-Key']!.slice(1, -1);
    const request = JSON.stringify([method, path, headers['If-Match'], body]);
    if ((this.#requests.get(key) ?? request) !== request)
      this.faults.push(`another request under the key ${key}`);
    this.#requests.set(key, request);
    const replayed = this.replays ? this.#answers.get(key) : undefined;
    if (replayed) return replayed.clone();
    if (this.isFragile && body?.includes('bomb')) return problem(500);
    const answer = await this.#make(method, key, headers, body);
    this.#answers.set(key, answer.clone());
    return answer;
  }

  async #make(method: string, key: string, headers: Readonly<Record<string, string>>, body = '{}') {
    const changes = JSON.parse(body) as JsonObject;
    const refuse = (status: number): Response => (this.refused.add(key), problem(status));
    if (Object.hasOwn(changes, 'ssn')) return refuse(422);
    if (method === 'PATCH') {
      if (headers['If-Match'] !== `"${await this.#token()}"`) return refuse(412);
      this.write(changes);
    }
    this.made.set(key, (this.made.get(key) ?? 0) + 1);
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (method !== 'PATCH') return Response.json({ id: key, _meta: { complete: true } });
    const ETag = `"${await this.#token()}"`;
    return Response.json({ ...this.state, _meta: { complete: true } }, { headers: { ETag } });
  }

  async #token(): Promise<string | undefined> {
    const answer = await this.#sync.sync({
      ...thingRequest,
      view: this.state,
      aIm: undefined,
      ifNoneMatch: undefined,
    });
    return answer.token;
  }

  async #read(headers: Readonly<Record<string, string>>): Promise<Response> {
    const answer = await this.#sync.sync({
      ...thingRequest,
      view: this.state,
      aIm: headers['A-IM'],
      ifNoneMatch: headers['If-None-Match'],
    });
    await this.#sync.settled();
    const response = respond(answer);
    response.headers.set('Vary', 'Accept-Encoding, A-IM');
    if (answer.kind === 'delta') response.headers.set('Cache-Control', 'no-store');
    return response;
  }

  #receipt(key: string): Response {
    if (this.made.has(key)) return Response.json({ state: 'applied', status: 200 });
    const status = this.#answers.get(key)?.status;
    if (status === undefined) return problem(404);
    return Response.json({ state: 'refused', status, problem: { type: `/problems/${status}`, status } });
  }
}

export const cut = async (answer: Response, share: number): Promise<SyncReply> => {
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text: async () => text.slice(0, Math.floor(text.length * share)),
  };
};

/** Answers of servers other than ours. */
export const foreign: readonly (() => Response)[] = [
  () => new Response('<html>Log in to this hotel</html>', { headers: { 'Content-Type': 'text/html' } }),
  () => Response.json({ theme: 'stranger' }, { headers: { ETag: '"507f1f77bcf86cd799439011"' } }),
  () => Response.json({ state: 'fine' }),
  () => new Response('<html>', { status: 403 }),
  () => new Response(null, { status: 302, headers: { Location: 'https://hotel.example/' } }),
  () => new Response('', { status: 404 }),
];
export { problem };
