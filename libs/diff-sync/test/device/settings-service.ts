import type { JsonObject } from '../../src/index.ts';
import { mergePatch } from '../../src/patch/merge-patch.ts';
import type { WriteInit } from '../../src/device/writes/write-queue.ts';

/**
 * What the network does with one exchange. `lost`: the service handles the request, but the answer never
 * arrives.
 */
export type Fate = 'ok' | 'offline' | 'lost' | 'portal' | 'busy';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly ifMatch: string | null;
  readonly status: number;
}

export const origin = 'https://app.example';
export const address = `${origin}/api/settings`;

/** A service with the writes of the contract, behind a network that assigns a fate to each exchange. */
export class SettingsService {
  readonly received: Received[] = [];
  /** All states so far; the last one is current. */
  readonly states: JsonObject[] = [{ theme: 'light', language: 'en' }];
  readonly read = new Set<string>();
  /** Keys of the applied patches, in order. */
  readonly done: (string | null)[] = [];
  /** Fates of the next exchanges; `ok` after them. */
  fates: Fate[] = [];
  retryAfter = '120';
  /** Whether the server keeps receipts. */
  receipts = false;
  /** Status of the answer to each key. */
  readonly outcomes = new Map<string, number>();

  get state(): JsonObject {
    return this.states.at(-1)!;
  }
  /** The token of the current state: equal states have equal tokens, as for a MAC of the content. */
  get token(): string {
    const text = JSON.stringify(Object.entries(this.state).sort());
    return this.#names.get(text) ?? this.#name(text);
  }
  readonly #names = new Map<string, string>();
  #name(text: string): string {
    const name = `t${this.#names.size}`.padEnd(24, '_');
    this.#names.set(text, name);
    return name;
  }

  write(changes: JsonObject): void {
    this.states.push(mergePatch(this.state, changes));
  }

  readonly fetch = async (url: string, { method, headers = {}, body }: WriteInit): Promise<Response> => {
    const fate = this.fates.shift() ?? 'ok';
    if (fate === 'offline') throw new TypeError('fetch failed');
    if (fate === 'portal') return new Response('<html>Log in to this hotel</html>');
    if (fate === 'busy')
      return problem(503, { 'Retry-After': this.retryAfter, Date: 'Sun, 22 Nov 2026 00:00:00 GMT' });
    const fields = new Headers(headers);
    const path = url.slice(origin.length);
    const [key, ifMatch] = [fields.get('Idempotency-Key'), fields.get('If-Match')];
    const answer = this.#answer(method, path, fields, body);
    if (key) this.outcomes.set(key.slice(1, -1), answer.status);
    this.received.push({ method, path, key, ifMatch, status: answer.status });
    if (method === 'PATCH' && answer.ok) this.done.push(key);
    if (fate === 'lost') throw new TypeError('socket hang up');
    return answer;
  };

  #receipt(key: string): Response {
    const status = this.outcomes.get(key);
    if (status === undefined) return problem(404);
    return Response.json(
      status < 300
        ? { key, state: 'applied', status }
        : { key, state: 'refused', status, problem: { type: `/problems/${status}`, status } },
    );
  }

  #answer(method: string, path: string, headers: Headers, body = ''): Response {
    if (path.startsWith('/api/writes/'))
      return this.receipts ? this.#receipt(path.slice('/api/writes/'.length)) : problem(404);
    if (method === 'POST') {
      if (!path.startsWith('/api/things/n')) return problem(404);
      this.read.add(path);
      return Response.json({ id: path, read_at: 'then', _meta: { complete: true } });
    }
    if (method === 'PATCH') {
      if (headers.get('If-Match') !== `"${this.token}"`) return problem(412);
      const changes = JSON.parse(body) as JsonObject;
      if (Object.hasOwn(changes, 'ssn')) return problem(422);
      this.write(changes);
    }
    return Response.json(
      { ...this.state, _meta: { etag: this.token, complete: true } },
      { headers: { ETag: `"${this.token}"` } },
    );
  }
}

export function problem(status: number, more: Record<string, string> = {}): Response {
  const headers = { 'Content-Type': 'application/problem+json; charset=utf-8', ...more };
  return new Response(JSON.stringify({ type: `/problems/${status}`, status }), { status, headers });
}
