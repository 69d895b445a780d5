import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { documentedOperations } from './documented-operations.ts';
import { hostileText } from './parser-properties.ts';

const lines = fc.array(
  fc.oneof(
    hostileText,
    fc.constantFrom(
      'Host: x',
      'Host: x\r\nHost: y',
      'Transfer-Encoding: chunked',
      'Content-Length: 5',
      'Content-Length: -1',
      'Connection: upgrade',
      'Expect: 100-continue',
      'Cookie: __Host-bff=\u00ff',
      ' folded',
      ':',
    ),
  ),
  { maxLength: 6 },
);
/** Request lines of the documented paths, with a dot segment for each parameter. */
const documentedLines = documentedOperations().map(
  ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '%2e%2e')} HTTP/1.1`,
);
const requestLine = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...documentedLines) },
  {
    weight: 7,
    arbitrary: fc.constantFrom(
      'GET http://evil/ HTTP/1.1',
      'GET //evil HTTP/1.1',
      'GET /%zz HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'CONNECT x:1 HTTP/1.1',
      'PRI * HTTP/2.0',
      'GET / HTTP/9.9',
    ),
  },
  { weight: 9, arbitrary: hostileText },
);
const requests = fc
  .tuple(requestLine, lines, hostileText)
  .map(([first, fields, body]) => `${[first, ...fields].join('\r\n')}\r\n\r\n${body}`);

/**
 * Sends bytes that are not necessarily valid HTTP, each sequence on a new connection. An answer must have a
 * status below 500, or 501 or 505 for an unknown method or protocol version.
 *
 * @throws {Error} with the seed and a counterexample
 */
export async function fuzzSockets(
  port: number,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(requests, async (bytes) => {
      const [status = ''] =
        /(?<=^HTTP\/1\.1 )\d{3}/.exec(await converse(port, Buffer.from(bytes, 'utf8'))) ?? [];
      if (/^5/.test(status) && status !== '501' && status !== '505')
        throw new Error(`status ${status} for ${JSON.stringify(bytes)}`);
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
}

async function converse(port: number, bytes: Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  // Half-closes the connection, so that the server does not wait for its request time-out.
  socket.end(bytes);
  const timer = setTimeout(() => socket.destroy(), 3_000);
  await closed;
  clearTimeout(timer);
  return answer;
}
