import { createServer, type ServerResponse } from 'node:http';
import { product } from '../product.ts';
import { upstreamOptions } from './options.ts';

/**
 * Simulates all services in one process: plain node:http, so that it is never the bottleneck of a
 * measurement. `PUT /__version/<n>` changes one member of every user's data.
 */
const { latencyMs, cacheControl, hang, fail, ...sizes } = upstreamOptions(process.env['UPSTREAM']);
let version = 0;
const answerTo = product.sampleAnswers(sizes, () => version);

const server = createServer((request, response) => {
  const [path = '/', query] = (request.url ?? '/').split('?', 2);
  if (request.method === 'PUT') {
    version = Number(path.slice('/__version/'.length));
    return void response.end();
  }
  if (hang !== undefined && path.endsWith(hang)) return;
  const body = answerTo(path, Number(new URLSearchParams(query).get('limit') ?? 5));
  const status = body === undefined ? 404 : fail !== undefined && path.endsWith(fail) ? 500 : 200;
  if (latencyMs > 0) setTimeout(send, latencyMs, response, status, body);
  else send(response, status, body);
});
// Longer than any pause between two rounds, so that no connection is closed while a request is sent on it.
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');

function send(response: ServerResponse, status: number, body = ''): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...(cacheControl !== undefined && { 'Cache-Control': cacheControl }),
  });
  response.end(body);
}
