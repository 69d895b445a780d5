import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loginToMobileBff } from '@bff/demo-world';
import { freeWorld } from '@bff/demo-world';
import { worldInReach, type WorldInReach } from '../src/world-in-reach.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(root, 'docs/sync.md'), 'utf8');

/** The messages of the page: alternately requests and answers. */
const messages = [...page.matchAll(/^( *)```http\n([^]*?)^ *```$/gm)].map(([, indent = '', message = '']) =>
  message.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
);
const exchanges = messages.flatMap((request, at) =>
  at % 2 === 0 ? [{ request, answer: messages[at + 1] ?? '' }] : [],
);
const exchangeOf = (part: string) => exchanges.find(({ request }) => request.includes(part))!;

/** Fields that vary between answers, or that the page omits after the first answer. */
const changing = /^(?:X-Request-ID|Date|Connection|Cache-Status): .*\n?/gim;
const usual =
  /^(?:Content-Security-Policy|Cross-Origin-Resource-Policy|Referrer-Policy|Strict-Transport-Security|X-Content-Type-Options): .*\n?/gim;
const settled = (message: string): string =>
  message
    .replaceAll(changing, '')
    .replaceAll(/age_ms=\d+/g, 'age_ms=1')
    .replaceAll(/"request_id":"\w+"/g, '"request_id":"x"')
    .trimEnd();

describe('docs/sync.md', () => {
  let world: WorldInReach;
  let authorization = '';
  beforeAll(async () => {
    world = await worldInReach(await freeWorld());
    ({ Authorization: authorization } = await loginToMobileBff({ url: world.origin, username: 'alice' }));
  }, 120_000);
  afterAll(() => world.stop());

  /** Sends a request exactly as the page shows it. */
  async function send(request: string): Promise<string> {
    const [head = '', body = ''] = request.replace('Bearer <token>', authorization).split('\n\n');
    const socket = connect(Number(new URL(world.origin).port), 'localhost');
    socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`);
    return (await text(socket)).replaceAll('\r\n', '\n').trimEnd();
  }
  const fault = (method: string, body?: string) =>
    fetch(`${world.notificationService}/__faults`, { method, ...(body && { body }) });

  test('docs/sync.md shows the answer that the server really sends to each request', async () => {
    const order = [
      'GET /api/preferences',
      'PATCH',
      'If-None-Match: "1Sz',
      'If-None-Match: "-fb',
      'If-None-Match: "AAAA',
    ];
    const [first, ...others] = order.map(exchangeOf);
    expect(exchanges).toHaveLength(7);
    expect(settled(await send(first!.request))).toBe(settled(first!.answer));
    for (const { request, answer } of others)
      expect(settled(await send(request)).replaceAll(usual, '')).toBe(settled(answer));
    const again = exchanges.at(-1)!;
    expect(again.request).toBe(exchangeOf('PATCH').request);
    expect(settled(await send(again.request)).replaceAll(usual, '')).toBe(settled(again.answer));
  }, 30_000);

  test('S9 docs/sync.md shows the degraded answer that the server really sends', async () => {
    const { request, answer } = exchangeOf('/api/home');
    await send(request);
    await fault('PUT', '{"route":"*","kind":"error","status":503}');
    expect(settled(await send(request)).replaceAll(usual, '')).toBe(settled(answer));
    await fault('DELETE');
  }, 30_000);

  test('docs/sync.md states the real sizes of header sections', () => {
    const head = (message: string) =>
      settled(message)
        .replaceAll(usual, '')
        .split('\n\n')[0]!
        .replaceAll(/^Content-Length.*\n?/gm, '')
        .trimEnd()
        .replaceAll('\n', '\r\n').length;
    const [full, delta] = [exchanges[0]!, exchangeOf('If-None-Match: "1Sz')];
    const more = head(delta.answer) - head(full.answer);
    const named = delta.request.length - exchangeOf('GET /api/preferences').request.length;
    const requested = 'A-IM: json-patch\r\n'.length + named + 1;
    expect(page.replaceAll(/\s+/g, ' ')).toContain(
      `those of a 226 have ${more} bytes more than those of a 200, and those of its request ${requested} more`,
    );
  });
});

test('each guarantee in docs/sync.md has a test in the files that the page names', () => {
  const rows = [...page.matchAll(/^\| (S\d+) +\|.*\| (`.*`) +\|$/gm)];
  expect(rows.map(([, id]) => id)).toEqual(Array.from({ length: 12 }, (_, at) => `S${at + 1}`));
  for (const [, id, files = ''] of rows) {
    let folder = '';
    for (const [, named = ''] of files.matchAll(/`([^`]+)`/g)) {
      if (named.includes('/')) folder = named.slice(0, named.lastIndexOf('/'));
      const path = `${folder}/${named.split('/').at(-1)}`;
      const file = ['libs', 'apps'].map((kind) => resolve(root, kind, path)).find(existsSync) ?? path;
      expect({ id, file, says: new RegExp(`['"\`].*\\b${id}\\b`).test(readFileSync(file, 'utf8')) }).toEqual({
        id,
        file,
        says: true,
      });
    }
  }
});
