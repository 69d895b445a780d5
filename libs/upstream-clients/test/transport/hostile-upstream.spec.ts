import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createWorld, scopeOf, the, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const json = JSON.stringify(the.thing);
const head = (...fields: string[]) =>
  ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...fields, '', ''].join('\r\n');
const whole = head(`Content-Length: ${json.length}`) + json;
const chunk = Buffer.alloc(64 * 1024, ' ');

/** Keeps the socket full as long as the peer reads. */
function flood(socket: Socket, piece: Buffer): void {
  let left = 100 * 1024 * 1024;
  const more = () => {
    while (left > 0 && !socket.destroyed) {
      left -= piece.length;
      if (!socket.write(piece)) return;
    }
  };
  socket.on('drain', more);
  more();
}

type Behaviour = (socket: Socket) => void;
type Row = readonly [circumstance: string, reason: 'timeout' | 'error' | 'bad-response', speak: Behaviour];

const rows: readonly Row[] = [
  ['accepts the connection and sends nothing', 'timeout', () => undefined],
  ['hangs after the head', 'timeout', (s) => s.write(head('Content-Length: 10'))],
  ['hangs inside the head', 'timeout', (s) => s.write('HTTP/1.1 200 OK\r\nContent-')],
  [
    'drips one byte at a time (slow-loris)',
    'timeout',
    (s) => {
      s.write(head(`Content-Length: ${json.length}`));
      let sent = 0;
      const drip = setInterval(() => s.write(json.charAt(sent++)), 5);
      s.once('close', () => clearInterval(drip));
    },
  ],
  ['resets before the head', 'error', (s) => s.resetAndDestroy()],
  ['closes before the head', 'error', (s) => s.end()],
  [
    'resets inside the body',
    'error',
    (s) => s.write(head(`Content-Length: ${json.length}`) + json.slice(0, 9), () => setTimeout(() => s.resetAndDestroy(), 20)),
  ],
  ['truncates a body of known length', 'bad-response', (s) => s.end(whole.slice(0, -5))],
  ['truncates a chunked body', 'bad-response', (s) => s.end(`${head('Transfer-Encoding: chunked')}5\r\n{"id"\r\n`)],
  ['truncates a body that ends with the connection', 'bad-response', (s) => s.end(head('Connection: close') + json.slice(0, -5))],
  ['speaks another protocol', 'bad-response', (s) => s.end('SSH-2.0-OpenSSH_9.2\r\n\r\n')],
  ['sends an endless head', 'bad-response', (s) => flood(s, Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(64 * 1024)}`))],
  ['sends two different Content-Length fields', 'bad-response', (s) => s.end(head('Content-Length: 2', 'Content-Length: 3') + '{}')],
  ['sends something that is not JSON', 'bad-response', (s) => s.end(`${head('Content-Length: 6')}<html>`)],
  ['sends an empty body', 'bad-response', (s) => s.end(head('Content-Length: 0'))],
  ['sends 204', 'bad-response', (s) => s.end('HTTP/1.1 204 No Content\r\n\r\n')],
  ['sends HTML', 'bad-response', (s) => s.end(whole.replace('application/json', 'text/html'))],
  ['sends JSON with a media type that only begins like application/json', 'bad-response', (s) => s.end(whole.replace('application/json', 'application/json-seq'))],
  ['sends no Content-Type', 'bad-response', (s) => s.end(whole.replace('Content-Type', 'X-Type'))],
  ['sends a content coding that was not requested', 'bad-response', (s) => s.end(whole.replace('\r\n', '\r\nContent-Encoding: gzip\r\n'))],
  ['redirects', 'bad-response', (s) => s.end(whole.replace('200 OK', '302 Found\r\nLocation: /elsewhere'))],
  ['announces 100 MB', 'bad-response', (s) => { s.write(head(`Content-Length: ${100 * 1024 * 1024}`)); flood(s, chunk); }],
  ['announces 100 MB and hangs', 'bad-response', (s) => s.write(head(`Content-Length: ${100 * 1024 * 1024}`))],
  [
    'sends 100 MB in chunks',
    'bad-response',
    (s) => { s.write(head('Transfer-Encoding: chunked')); flood(s, Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')])); },
  ],
  ['sends 100 MB until it closes', 'bad-response', (s) => { s.write(head('Connection: close')); flood(s, chunk); }],
  ['fails with a body of 100 MB', 'error', (s) => { s.write(head('Transfer-Encoding: chunked').replace('200 OK', '500 No')); flood(s, Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')])); }],
]; // prettier-ignore

describe('A8 a misbehaving upstream', () => {
  test.each(rows)(
    'when an upstream %s, the call fails as %s in bounded memory, and the connection closes',
    async (_, reason, speak) => {
      const upstream = await world.tcp(speak);
      const { clients } = world.clients(upstream.address, { retries: 0 });
      const before = process.memoryUsage().rss;

      // Only the cases that end in a time-out get little time.
      const scope = scopeOf({ ms: reason === 'timeout' ? 150 : 5_000 });
      expect(await clients.thing.read(scope, { thingId })).toEqual({ kind: 'failed', reason });

      await upstream.idle();
      expect(upstream.connections()).toBe(1);
      expect(upstream.bytesSent()).toBeLessThan(16 * 1024 * 1024);
      expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
    },
  );

  test('A8 after each kind of misbehaviour of an upstream, the next call succeeds', async () => {
    let speak: Behaviour = (s) => s.write(whole);
    const upstream = await world.tcp((socket) => speak(socket));
    const { clients } = world.clients(upstream.address, {
      breakers: { 'thing.read': { consecutiveFailures: 1_000, errorRate: 1 } },
    });
    for (const [, reason, misbehave] of rows) {
      speak = misbehave;
      expect(await clients.thing.read(scopeOf({ ms: 400 }), { thingId })).toEqual({ kind: 'failed', reason });
      speak = (s) => s.write(whole);
      expect(await clients.thing.read(scopeOf(), { thingId })).toEqual({ kind: 'value', value: the.thing });
    }
  });

  test('A8 when nothing listens at the address of an upstream, the call fails as error', async () => {
    const upstream = await world.tcp(() => undefined);
    const { address } = upstream;
    await upstream.close();
    const { clients } = world.clients(address);
    expect(await clients.thing.read(scopeOf(), { thingId })).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A8 when the status of an answer decides the outcome, a hanging body does not delay the outcome', async () => {
    const upstream = await world.tcp((s) => s.write('HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n'));
    const { clients } = world.clients(upstream.address);
    expect(await clients.thing.read(scopeOf({ ms: 1_500 }), { thingId })).toEqual({ kind: 'absent' });
    await upstream.idle();
  });

  test('A8 early hints that come before the answer are skipped', async () => {
    const upstream = await world.tcp((s) =>
      s.write(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${whole}`),
    );
    const { clients } = world.clients(upstream.address);
    expect(await clients.thing.read(scopeOf(), { thingId })).toEqual({ kind: 'value', value: the.thing });
  });

  test.each([
    ['value', 0],
    ['failed', 1],
  ])(
    'A8 the outcome of a call is %s when the body of the answer is %i bytes above the limit',
    async (kind, excess) => {
      const upstream = await world.tcp((s) => s.write(whole));
      const { clients } = world.clients(upstream.address, { maxBodyBytes: json.length - excess });
      expect(await clients.thing.read(scopeOf(), { thingId })).toMatchObject({ kind });
    },
  );
});
