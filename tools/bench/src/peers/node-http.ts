import { createServer } from 'node:http';
import { port, userOf } from './environment.ts';
import { gather } from './calls/gather.ts';
import { undiciRead } from './calls/undici-read.ts';

/** The lower bound: all calls and one answer, without anything else that production needs. */
createServer((request, response) => {
  const user = userOf(request.headers);
  gather((source) => undiciRead(source, user)).then(
    (view) => {
      const body = JSON.stringify(view);
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
      });
      response.end(body);
    },
    () => response.writeHead(502).end(),
  );
}).listen(port, '127.0.0.1');
