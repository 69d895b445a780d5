import compress from '@fastify/compress';
import etag from '@fastify/etag';
import jwt from '@fastify/jwt';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import { withBreakers } from './calls/breakers.ts';
import { port, requestsPerMinute, sessionSecret } from './environment.ts';
import { gather, path } from './calls/gather.ts';
import { undiciRead } from './calls/undici-read.ts';

/** Fastify with the packages that are usual in a service that calls others, each used as documented. */
const app = Fastify({ logger: true });
await app.register(jwt, { secret: sessionSecret });
await app.register(rateLimit, {
  max: requestsPerMinute,
  timeWindow: '1 minute',
  keyGenerator: ({ headers }) => String(headers.authorization),
});
await app.register(compress);
await app.register(etag);
app.addHook('onRequest', async (request) => {
  await request.jwtVerify();
});

const read = withBreakers(undiciRead);
app.get(path, ({ user, headers }) => {
  const { sub } = user as { sub: string };
  return gather((source) => read(source, sub, headers.authorization));
});
await app.listen({ port, host: '127.0.0.1' });
