import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { until } from '@bff/testbed';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startWire, type Wire } from '../src/fleet/wire.ts';

let server: Server;
let wire: Wire;
const accepted = new Set<Socket>();
const sockets: Socket[] = [];

/** A server that echoes its input in capitals. */
beforeEach(async () => {
  server = createServer((socket) => {
    accepted.add(socket);
    socket.on('data', (chunk) => socket.write(String(chunk).toUpperCase()));
    socket.on('error', () => undefined);
    socket.on('close', () => accepted.delete(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  wire = await startWire((server.address() as AddressInfo).port, /special/);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await wire.close();
  server.close();
  // Closing the proxy leaves no connection open.
  await until(() => accepted.size === 0);
});

interface Talk {
  readonly socket: Socket;
  readonly heard: () => string;
  readonly pieces: string[];
  /** undefined while open; then `end` or the code of the error. */
  readonly ended: () => string | undefined;
}

async function open(): Promise<Talk> {
  const socket = connect(wire.port, '127.0.0.1').setNoDelay();
  sockets.push(socket);
  const pieces: string[] = [];
  let ended: string | undefined;
  socket.on('data', (chunk) => pieces.push(String(chunk)));
  socket.on('error', (error: NodeJS.ErrnoException) => (ended ??= error.code));
  socket.on('end', () => (ended ??= 'end'));
  await once(socket, 'connect');
  return { socket, pieces, heard: () => pieces.join(''), ended: () => ended };
}

async function say(talk: Talk, text: string, answer = text.toUpperCase()): Promise<void> {
  const before = talk.heard();
  talk.socket.write(text);
  await until(() => talk.heard() === before + answer);
}

test('a proxy without a fault forwards all data and the end of the connection', async () => {
  const talk = await open();
  await say(talk, 'hello');
  talk.socket.end();
  await until(() => accepted.size === 0);
});

test.each([
  ['latency', { latencyMs: 20 }],
  ['little bandwidth', { bytesPerSecond: 1_000 }],
  ['byte by byte', { byteByByte: true }],
])('the fault "%s" changes no byte, and ends at once when it is removed', async (_, fault) => {
  const talk = await open();
  wire.set(fault);
  await say(talk, 'a longer text that is to arrive as it is');
  talk.socket.write('one ');
  wire.set(undefined);
  await say(talk, 'two', 'ONE TWO');
});

test('with the fault "byte by byte" the client first reads only a part of the answer', async () => {
  wire.set({ byteByByte: true });
  const talk = await open();
  await say(talk, 'x'.repeat(1_000));
  expect(talk.pieces[0]?.length).toBeLessThan(1_000);
});

test.each([
  ['ends', false, 'end'],
  ['is reset', true, 'ECONNRESET'],
])(
  'a connection %s after the configured number of answer bytes, counted from the start of the fault',
  async (_, isReset, how) => {
    const [old, other] = [await open(), await open()];
    await say(old, 'hello');
    wire.set({ cutAfter: 3, isReset });
    old.socket.write('abcdef');
    await until(() => old.ended() !== undefined);
    expect(old.ended()).toBe(how);
    if (!isReset) expect(old.heard()).toBe('HELLOABC');
    await say(other, 'ab');
    wire.set(undefined);
    await say(other, 'hello');
  },
);

test('a silent proxy accepts connections and forwards nothing; all data arrives after the fault is removed', async () => {
  const old = await open();
  await say(old, 'hello');
  wire.set({ isSilent: true });
  const young = await open();
  for (const talk of [old, young]) talk.socket.write('later');
  await until(() => accepted.size === 2);
  // A separate proxy shows that enough time for an answer has passed.
  const probe = await startWire((server.address() as AddressInfo).port);
  const socket = connect(probe.port, '127.0.0.1').on('error', () => undefined);
  socket.write('probe');
  await once(socket, 'data');
  expect([old.heard(), young.heard()]).toEqual(['HELLO', '']);
  wire.set(undefined);
  await until(() => old.heard() === 'HELLOLATER' && young.heard() === 'LATER');
  socket.destroy();
  await probe.close();
});

test('half-open connections stay open without carrying data, even after the fault, and new connections work', async () => {
  const old = await open();
  await say(old, 'hello');
  wire.set({ isHalfOpen: true });
  old.socket.write('lost');
  const young = await open();
  await say(young, 'hello');
  wire.set(undefined);
  old.socket.write('lost');
  await say(young, 'again');
  expect([old.heard(), old.ended()]).toEqual(['HELLO', undefined]);
});

test('a fault of marked connections leaves the others unaffected', async () => {
  const [plain, special] = [await open(), await open()];
  await say(special, 'special');
  wire.set({ cutAfter: 0, isReset: true, onlyMarked: true });
  await say(plain, 'hello');
  special.socket.write('hello');
  await until(() => special.ended() === 'ECONNRESET');
  await say(plain, 'hello');
});
