import { afterAll, expect, test } from '@jest/globals';
import { createLogger, Problem, withRequestContext } from '@bff/service-kit';
import express from 'express';
import request from 'supertest';
import { createPage, html, problemHandler, sendPage, wantsPage, wordsFor } from '../../src/index.ts';

const words = { en: { hello: 'Hello' }, de: { hello: 'Hallo' }, ar: { hello: 'مرحبا' } };
const app = express();
app.use(withRequestContext(createLogger('pages', 'silent')));
app.get('/page', (incoming, response) => {
  const { language, words: chosen } = wordsFor(incoming, words);
  const name = String(incoming.query['name']);
  sendPage(response, 200, createPage({ language, title: name, content: html`<p>${chosen.hello}</p>` }));
});
app.get('/problem', () => {
  throw new Problem('unavailable', { headers: { 'Retry-After': '7' } });
});
app.get('/broken', () => {
  throw new Error('a secret of ours');
});
app.use(
  problemHandler({
    pageOf: (incoming, { title }) =>
      wantsPage(incoming) ? createPage({ language: 'en', title, content: html`<p></p>` }) : undefined,
  }),
);
const server = app.listen(0, '127.0.0.1');
afterAll(() => void server.close());

test('a page escapes values in text and in attributes', async () => {
  const name = `</title><script>alert("1" + '&')</script>`;
  const { text, headers } = await request(server).get(`/page?name=${encodeURIComponent(name)}`);
  expect(text).toContain(
    '<h1>&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot; + &#39;&amp;&#39;)&lt;/script&gt;</h1>',
  );
  expect(text).not.toContain('<script');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(String(html`<a href="${'"><b>'}">${html`<i>${'<'}</i>`}${undefined}</a>`)).toBe(
    '<a href="&quot;&gt;&lt;b&gt;"><i>&lt;</i></a>',
  );
});

test.each([
  ['de-AT,de;q=0.9', 'lang="de"', 'Hallo'],
  ['ar', 'lang="ar" dir="rtl"', 'مرحبا'],
  ['fr', 'lang="en"', 'Hello'],
  ['*', 'lang="en"', 'Hello'],
  ['de;q=0, ar;q=0.1', 'lang="ar" dir="rtl"', 'مرحبا'],
])('a page has the language of Accept-Language %s', async (accepted, attributes, hello) => {
  const { text, headers } = await request(server).get('/page?name=x').set('Accept-Language', accepted);
  expect(text).toContain(`<html ${attributes}>`);
  expect(text).toContain(`<p>${hello}</p>`);
  expect(headers['vary']).toContain('Accept-Language');
});

test('a problem is sent to browsers as a page with its status and header fields, and to other clients as JSON', async () => {
  const page = await request(server).get('/problem').set('Accept', 'text/html');
  expect([page.status, page.headers['content-type'], page.headers['retry-after']]).toEqual([
    503,
    'text/html; charset=utf-8',
    '7',
  ]);
  const problem = await request(server).get('/problem');
  expect([problem.status, problem.headers['content-type'], problem.headers['retry-after']]).toEqual([
    503,
    'application/problem+json',
    '7',
  ]);
});

test('an unexpected error is sent to browsers as a page with status 500 that repeats nothing of the error', async () => {
  const { status, text } = await request(server).get('/broken').set('Sec-Fetch-Dest', 'document');
  expect(status).toBe(500);
  expect(text).toContain('<h1>Internal server error</h1>');
  expect(text).not.toContain('secret');
});
