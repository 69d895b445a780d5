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
/** The documented paths, each parameter a dot segment. */
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
 * Bytes that may not even be HTTP, each on a connection of its own; what is answered at all is answered below 500 or, for
 * what is no method or protocol of ours, with 501 or 505.
 *
 * @throws {Error} with seed and counterexample
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
        throw new Error(`${status} for ${JSON.stringify(bytes)}`);
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
  // The end of our half is the end of the request: nobody waits for a time-out.
  socket.end(bytes);
  const timer = setTimeout(() => socket.destroy(), 3_000);
  await closed;
  clearTimeout(timer);
  return answer;
}
