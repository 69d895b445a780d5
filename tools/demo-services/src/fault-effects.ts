import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { send, sendHead, type Answer } from './http/answer.ts';
import type { Draw, Fault, FaultKind } from './faults.ts';
import { isObject } from './http/merge-patch.ts';
import { logNormal, type Random } from './random.ts';

export interface Exchange {
  readonly response: ServerResponse;
  /**
   * Handles the request and returns the real answer. Not called for a fault that simulates a failure before
   * the service handles the request; a write is then not applied.
   */
  readonly reply: () => Promise<Answer>;
  /** See {@link Route.anyObject}. */
  readonly anyObject: boolean;
  readonly random: Random;
  /** Aborted when the caller disconnects. */
  readonly signal: AbortSignal;
}

const hugeBytes = 100_000_000;
const latencySpread = 0.5;
const json = { 'Content-Type': 'application/json' };

/**
 * Answers the call with the drawn faults. Rejects with an AbortError when the caller disconnects during a
 * delay.
 */
export async function answerWith({ latencyMs, spoiler }: Draw, exchange: Exchange): Promise<void> {
  for (const mean of latencyMs) {
    // The mean of a log-normal distribution is its median times e^(sigma^2 / 2).
    const median = mean * Math.exp(-(latencySpread ** 2) / 2);
    await wait(logNormal(exchange.random, median, latencySpread), undefined, { signal: exchange.signal });
  }
  if (spoiler) await effects[spoiler.kind](exchange, spoiler);
  else await answer(exchange);
}

const answer = async ({ response, reply }: Exchange): Promise<void> => send(response, await reply());

const effects: Readonly<Record<FaultKind, (exchange: Exchange, fault: Fault) => Promise<void>>> = {
  latency: answer,

  async error({ response }, { status }) {
    // Imitates services whose error bodies reveal internals. No client of a BFF may receive this body.
    send(response, { status, body: { error: 'simulated fault', stack: 'at Simulated.fault (demo.ts:1:1)' } });
  },

  async hang() {
    // Sends nothing: the socket stays open until one side closes it.
  },

  async garbage({ response }) {
    response.writeHead(200, json).end('<html><body>Bad Gateway, said the proxy as 200');
  },

  async truncate({ response, reply }) {
    const bytes = sendHead(response, await reply());
    // Ends the socket instead of the response, because `response.end()` would check the length of the body.
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.end());
  },

  async reset({ response }) {
    response.socket?.resetAndDestroy();
  },

  async huge({ response }) {
    response.writeHead(200, json);
    await pipeline(Readable.from(hugeJson(), { highWaterMark: 1 }), response);
  },

  async slow({ response, reply, signal }, { ms }) {
    const bytes = sendHead(response, await reply());
    response.flushHeaders();
    for (const byte of bytes) {
      await wait(ms, undefined, { signal });
      response.write(Uint8Array.of(byte));
    }
    response.end();
  },

  async 'wrong-type'({ response, reply, anyObject }) {
    const { body, headers = {}, ...rest } = await reply();
    send(response, { ...rest, headers, body: anyObject ? [body] : wrongType(body) });
  },
};

/** Yields valid JSON, so that only a size limit stops a reader. */
function* hugeJson(): Generator<Buffer> {
  const chunk = Buffer.alloc(65_536, 'x');
  yield Buffer.from('{"id":"');
  for (let sent = 0; sent < hugeBytes; sent += chunk.length) yield chunk;
  yield Buffer.from('"}');
}

/** Returns the object with another type for each member; an array becomes an object. */
export function wrongType(value: unknown): unknown {
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, otherType(member)]));
  return otherType(value);
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return 42;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return [[]];
  return Array.isArray(value) ? {} : 'object';
}
