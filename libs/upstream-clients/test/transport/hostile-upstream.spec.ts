import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createWorld, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const json = JSON.stringify(the.user);
const head = (...fields: string[]) =>
  ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...fields, '', ''].join('\r\n');
const whole = head(`Content-Length: ${json.length}`) + json;
const chunk = Buffer.alloc(64 * 1024, ' ');

/** Keeps the socket full for as long as the other side reads. */
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
  ['accepts and says nothing', 'timeout', () => undefined],
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
  ['sends a head without end', 'bad-response', (s) => flood(s, Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(64 * 1024)}`))],
  ['sends two lengths', 'bad-response', (s) => s.end(head('Content-Length: 2', 'Content-Length: 3') + '{}')],
  ['sends something that is not JSON', 'bad-response', (s) => s.end(`${head('Content-Length: 6')}<html>`)],
  ['sends an empty body', 'bad-response', (s) => s.end(head('Content-Length: 0'))],
  ['sends 204', 'bad-response', (s) => s.end('HTTP/1.1 204 No Content\r\n\r\n')],
  ['sends HTML', 'bad-response', (s) => s.end(whole.replace('application/json', 'text/html'))],
  ['sends JSON under a type that begins alike', 'bad-response', (s) => s.end(whole.replace('application/json', 'application/json-seq'))],
  ['sends no type', 'bad-response', (s) => s.end(whole.replace('Content-Type', 'X-Type'))],
  ['sends a coding that was not asked for', 'bad-response', (s) => s.end(whole.replace('\r\n', '\r\nContent-Encoding: gzip\r\n'))],
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

describe('A8 an upstream that', () => {
  test.each(rows)(
    '%s is "%s", on time, in bounded memory, and its connection is given up',
    async (_, reason, speak) => {
      const upstream = await world.tcp(speak);
      const { clients } = world.clients(upstream.address, { retries: 0 });
      const before = process.memoryUsage().rss;
      const startedAt = performance.now();

      expect(await clients.user.profile(scopeOf({ ms: 150 }), 'alice')).toEqual({ kind: 'failed', reason });

      expect(performance.now() - startedAt).toBeLessThan(1_000);
      await upstream.idle();
      expect(upstream.connections()).toBe(1);
      expect(upstream.bytesSent()).toBeLessThan(16 * 1024 * 1024);
      expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
    },
  );

  test('A8 after each of these the next call is unaffected', async () => {
    let speak: Behaviour = (s) => s.write(whole);
    const upstream = await world.tcp((socket) => speak(socket));
    const { clients } = world.clients(upstream.address, {
      breakers: { 'user.profile': { consecutiveFailures: 1_000, errorRate: 1 } },
    });
    for (const [, reason, misbehave] of rows) {
      speak = misbehave;
      expect(await clients.user.profile(scopeOf({ ms: 400 }), 'alice')).toEqual({ kind: 'failed', reason });
      speak = (s) => s.write(whole);
      expect(await clients.user.profile(scopeOf(), 'alice')).toEqual({ kind: 'value', value: the.user });
    }
  });

  test('A8 nobody listens: error', async () => {
    const upstream = await world.tcp(() => undefined);
    const { address } = upstream;
    await upstream.close();
    const { clients } = world.clients(address);
    expect(await clients.user.profile(scopeOf(), 'alice')).toEqual({ kind: 'failed', reason: 'error' });
  });

  test('A8 a head that says enough is not kept waiting by a body that hangs', async () => {
    const upstream = await world.tcp((s) => s.write('HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\n\r\n'));
    const { clients } = world.clients(upstream.address);
    const startedAt = performance.now();
    expect(await clients.user.profile(scopeOf({ ms: 1_500 }), 'alice')).toEqual({ kind: 'absent' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await upstream.idle();
  });

  test('A8 early hints are not the answer', async () => {
    const upstream = await world.tcp((s) =>
      s.write(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${whole}`),
    );
    const { clients } = world.clients(upstream.address);
    expect(await clients.user.profile(scopeOf(), 'alice')).toEqual({ kind: 'value', value: the.user });
  });

  test.each([
    ['exactly at the limit', 0, 'value'],
    ['one byte above the limit', 1, 'failed'],
  ])('A8 a body %s', async (_, excess, kind) => {
    const upstream = await world.tcp((s) => s.write(whole));
    const { clients } = world.clients(upstream.address, { maxBodyBytes: json.length - excess });
    expect(await clients.user.profile(scopeOf(), 'alice')).toMatchObject({ kind });
  });
});
