import Fastify from 'fastify';
import { port, userOf } from './environment.ts';
import { gather } from './profile-view.ts';
import { undiciRead } from './undici-read.ts';

const app = Fastify();
app.get('/api/profile', ({ headers }) => gather((source) => undiciRead(source, userOf(headers))));
await app.listen({ port, host: '127.0.0.1' });
