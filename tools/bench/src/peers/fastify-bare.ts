import Fastify from 'fastify';
import { port, userOf } from './environment.ts';
import { gather, path } from './calls/gather.ts';
import { undiciRead } from './calls/undici-read.ts';

const app = Fastify();
app.get(path, ({ headers }) => gather((source) => undiciRead(source, userOf(headers))));
await app.listen({ port, host: '127.0.0.1' });
