import express from 'express';
import { axiosRead } from './calls/axios-read.ts';
import { port, userOf } from './environment.ts';
import { gather, path } from './calls/gather.ts';

/** As one writes it by hand: the defaults of Express, of which the weak ETag is one. */
const app = express();
app.get(path, async ({ headers }, response) => {
  response.json(await gather((source) => axiosRead(source, userOf(headers))));
});
app.listen(port, '127.0.0.1');
