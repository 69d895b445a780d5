/**
 * Measures what one answer costs the server, in microseconds of CPU, compared with a node:http server that
 * sends fixed bytes. Run: node test/bench/send-cost.ts
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSender } from '../../src/index.ts';

interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: Record<string, string>;
}

const requests = 3000;
const rounds = 6;
const connections = 8;

/** Runs the client in a separate process, so that its CPU time does not count. */
function beClient(): void {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const get = (load: Load) =>
    new Promise<void>((resolve) => {
      httpRequest({ ...load, agent }, (response) => void response.resume().on('end', resolve)).end();
    });
  process.on('message', async (load: Load) => {
    let left = requests;
    const worker = async () => {
      while (left-- > 0) await get(load);
    };
    await Promise.all(Array.from({ length: connections }, worker));
    process.send?.('done');
  });
}

async function beServer(): Promise<void> {
  const thing = (i: number) => ({
    id: `thg_${i * 7919}`,
    status: 'shipped',
    total_cents: i * 1337,
    note: null,
  });
  const view = { name: 'First Example', things: Array.from({ length: 28 }, (_, i) => thing(i)) };
  const fixed = JSON.stringify(view);
  const sender = createSender({ etagKey: 'a bench key of more than 32 bytes' });
  let count = 0;
  let etag = '';
  const server = createServer((request, response) => {
    if (request.url === '/fixed') {
      response.setHeader('Content-Length', fixed.length).end(fixed);
      return;
    }
    const answered = request.url === '/new' ? { ...view, count: count++ } : view;
    void sender.send(request, response, {
      view: answered,
      degraded: [],
      scope: ['t1', 'u1', '/api/thing'],
    });
    etag = String(response.getHeader('ETag'));
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = fork(import.meta.filename, ['client']);
  await cost(client, { port, path: '/same', headers: {} });

  const cases: [name: string, path: string, headers: Record<string, string>][] = [
    ['fixed bytes', '/fixed', {}],
    ['identity', '/same', {}],
    ['304', '/same', { 'if-none-match': etag }],
  ];
  for (const coding of ['zstd', 'br', 'gzip'])
    cases.push(
      [`${coding}, first`, '/new', { 'accept-encoding': coding }],
      [`${coding}, again`, '/same', { 'accept-encoding': coding }],
    );

  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round++)
    for (const [name, path, headers] of cases)
      best.set(name, Math.min(best.get(name) ?? Infinity, await cost(client, { port, path, headers })));
  for (const [name, microseconds] of best)
    process.stdout.write(`${name.padEnd(12)} ${microseconds.toFixed(1)} us, view of ${fixed.length} bytes\n`);
  client.kill();
  server.close();
}

async function cost(client: ChildProcess, load: Load): Promise<number> {
  const before = process.cpuUsage();
  client.send(load);
  await once(client, 'message');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests;
}

if (process.argv[2] === 'client') beClient();
else await beServer();
