import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { securityHeaders } from '../../src/index.ts';
import { serve, type HttpWorld } from '../wire/http-world.ts';

let world: HttpWorld;
beforeAll(async () => {
  const app = express().disable('x-powered-by').disable('etag').use(securityHeaders());
  app.get('/data', (_request, response) => void response.json({}));
  app.get(
    '/page',
    (_request, response) => void response.set('Content-Security-Policy', "default-src 'self'").send(''),
  );
  world = await serve(app);
});
afterAll(() => world.close());

/** Header fields of the connection and the body. */
const usual = ['date', 'connection', 'keep-alive', 'content-type', 'content-length'];
const protecting = async (path: string) =>
  Object.fromEntries(
    Object.entries((await world.exchange({ path })).headers).filter(([name]) => !usual.includes(name)),
  );

const data = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

test('the Content-Security-Policy of a data response forbids loading anything, and fields that protect only pages are absent', async () => {
  expect(await protecting('/data')).toEqual(data);
});

test('a page has its own Content-Security-Policy, and the other security fields of a data response', async () => {
  expect(await protecting('/page')).toEqual({ ...data, 'content-security-policy': "default-src 'self'" });
});
