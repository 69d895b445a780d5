import { createMemoryStore } from '@bff/service-kit';
import {
  createDiffSync,
  createSyncClient,
  type SyncFailed,
  type Json,
  type JsonObject,
  type SyncReply,
} from '../../src/index.ts';
import { MemoryStorage, originLock, respond } from '../screen.ts';
import { hour, key, thingRequest } from '../world.ts';
import type { Answer, Reply, Scenario } from './transcripts.ts';

export const url = 'https://app.example/api/thing';

interface RecordedRefresh {
  readonly exchanges: readonly {
    readonly request: Readonly<Record<string, string>>;
    readonly answer: Answer | 'lost';
  }[];
  /** The result that the app receives. */
  readonly shows?: JsonObject;
  /** The failure that the app receives instead of a result. */
  readonly fails?: JsonObject;
  /** The record that the device has stored for the URL afterwards; null if there is none. */
  readonly keeps: Json;
}

export interface Transcript {
  readonly title: string;
  readonly refreshes: readonly RecordedRefresh[];
}

/** Runs a scenario between our server and our client, and records the messages. */
export async function recordTranscript({ title, scenes }: Scenario): Promise<Transcript> {
  const storage = new MemoryStorage();
  let store = createMemoryStore({ clock: () => 0 });
  let keys = [key('a')] as [Buffer, ...Buffer[]];
  let request = { ...thingRequest, view: {} as JsonObject };
  let replies: Reply[] = [];
  let exchanges: { request: Record<string, string>; answer: Answer | 'lost' }[] = [];

  async function serverAnswer(headers: Readonly<Record<string, string>>): Promise<Answer> {
    const sync = createDiffSync({ store, keys, baseTtlMs: hour, now: () => 0 });
    const answer = await sync.sync({
      ...request,
      aIm: headers['A-IM'],
      ifNoneMatch: headers['If-None-Match'],
    });
    await sync.settled();
    const response = respond(answer, request.degradedFields.length > 0);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  }

  async function fetch(_: string, { headers = {} }: { headers?: Readonly<Record<string, string>> }) {
    const server = await serverAnswer(headers);
    const reply = replies.shift() ?? 'server';
    const answer = reply === 'server' ? server : typeof reply === 'function' ? reply(server) : reply;
    exchanges.push({ request: { ...headers }, answer });
    if (answer === 'lost') throw new TypeError('the answer is lost');
    return {
      status: answer.status,
      headers: new Headers(answer.headers),
      text: async () => answer.body,
    } satisfies SyncReply;
  }

  const client = createSyncClient({ storage, fetch, lock: originLock() });
  const refreshes: RecordedRefresh[] = [];
  for (const { view = request.view, server, isWiped, isRotated, replies: given = [] } of scenes) {
    request = { ...request, ...server, view };
    if (isWiped) store = createMemoryStore({ clock: () => 0 });
    if (isRotated) keys = [key('b'), ...keys];
    replies = [...given];
    exchanges = [];
    const outcome = await client.refresh(url).then(
      ({ view: shown, outcome, degraded, reason, retryAfterMs }) => ({
        shows: {
          outcome,
          view: shown,
          degraded,
          ...(reason && { reason }),
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        } as JsonObject,
      }),
      (error: SyncFailed) => ({ fails: failureOf(error) }),
    );
    const { view: kept, token } = JSON.parse(storage.texts.get(`sync:${url}`) ?? '{}') as {
      view?: Json;
      token?: string;
    };
    const keeps = kept === undefined ? null : { view: kept, token: token ?? null };
    refreshes.push({ exchanges, ...outcome, keeps });
  }
  return { title, refreshes };
}

function failureOf({ reason, status, retryAfterMs }: SyncFailed): JsonObject {
  return {
    reason,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
