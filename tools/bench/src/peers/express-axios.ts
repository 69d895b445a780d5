import express from 'express';
import { axiosRead } from './calls/axios-read.ts';
import { port, userOf } from './environment.ts';
import { gather, path } from './calls/gather.ts';

/** The usual minimum: Express with its defaults, which include the weak ETag. */
const app = express();
app.get(path, async ({ headers }, response) => {
  response.json(await gather((source) => axiosRead(source, userOf(headers))));
});
app.listen(port, '127.0.0.1');
