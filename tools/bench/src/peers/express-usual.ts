import compression from 'compression';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import jwt from 'jsonwebtoken';
import { pinoHttp } from 'pino-http';
import { axiosRead } from './calls/axios-read.ts';
import { withBreakers } from './calls/breakers.ts';
import { port, requestsPerMinute, sessionSecret } from './environment.ts';
import { gather, path } from './calls/gather.ts';

/** Express with the packages that are usual in a service that calls others, each used as documented. */
const app = express();
app.use(pinoHttp());
app.use(compression());
app.use(
  rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    keyGenerator: ({ headers }) => String(headers.authorization),
  }),
);

const read = withBreakers(axiosRead);
app.get(path, async ({ headers: { authorization = '' } }, response) => {
  const claims = jwt.verify(authorization.slice('Bearer '.length), sessionSecret, { algorithms: ['HS256'] });
  const user = String(claims.sub);
  response.json(await gather((source) => read(source, user, authorization)));
});
app.listen(port, '127.0.0.1');
