import { afterAll, describe, expect, test } from '@jest/globals';
import { createLogger, createMetrics } from '@bff/service-kit';
import { createUpstreamClients, get, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { screen, screenRouter, screenTable, source, write } from '../../src/index.ts';
import { thing, thingAnswer } from '../services.ts';
import { refusal, testFamily } from '../world.ts';

const summary = 'A write';
const answer = z.object({ title: z.string() });
const settings = screen('settings', {
  summary: 'Settings',
  sources: { settings: source(thing.settings, { as: 'settings', required: true, validator: true }) },
  root: 'settings',
  answer: z.record(z.string(), z.unknown()),
});
const plain = screen('plain', {
  summary: 'A thing',
  sources: { thing: source(thing.byId, { required: true, members: ['title'] }) },
  answer,
});
const declare = (options: object) => refusal(() => write('change', { summary, ...options } as never));

describe('a wrong write declaration throws at start, with its name and the reason', () => {
  test.each<[when: string, message: string, options: object]>([
    ['it has no operation', 'it has no operation', { call: undefined, screen: 'x', answer }],
    [
      'its operation is a read',
      'its operation thing.byId is a read',
      { call: thing.byId, screen: 'x', answer },
    ],
    [
      'it answers with a body that no schema describes',
      'it answers with a body and needs `of`, `answer` or `answers`',
      { call: thing.create, answerWith: 'upstream', screen: 'x' },
    ],
    [
      'it answers with the upstream answer, but its operation has none',
      'its operation has no answer to answer with',
      { call: { ...thing.create, response: undefined }, answerWith: 'upstream', screen: 'x', answer },
    ],
    [
      'it reads the screen again but names none',
      'to read the screen again it needs `of`',
      { call: thing.create, answerWith: 'reread', screen: 'x', answer },
    ],
    [
      'it requires If-Match and its screen has no validator',
      'If-Match needs a screen (`of`) with a source that has `validator`',
      { call: thing.create, of: plain, ifMatch: true },
    ],
    [
      'it requires If-Match and names no screen',
      'If-Match needs a screen (`of`) with a source that has `validator`',
      { call: thing.create, screen: 'x', answer, ifMatch: true },
    ],
    [
      'it has a body that its operation does not send',
      'it has a body, but its operation has none',
      { call: thing.markSeen, screen: 'x', answer, body: z.object({}) },
    ],
    [
      'it may take longer than an idempotency key is locked',
      'its budget of 10000 ms is not between 0 and 10000: an idempotency key is locked for a bounded time',
      { call: thing.create, screen: 'x', answer, budgetMs: 10_000 },
    ],
  ])('a write declaration throws when %s', (_, message, options) => {
    expect(declare(options)).toBe(`write "change": ${message}`);
  });

  test('a write whose screen has a validator is accepted', () => {
    expect(write('ok', { summary, call: thing.changeSettings, of: settings, ifMatch: true }).ifMatch).toBe(
      true,
    );
  });
});

describe('a wrong table throws at start, with its row and the reason', () => {
  let n = 0;
  const aScreen = (name = `s${++n}`, id = `get${name}`) =>
    screen(name, {
      id,
      summary,
      sources: { a: source(thing.byId, { as: 'thing', required: true }) },
      root: 'thing',
      answer: thingAnswer,
    });
  const aWrite = (name = `w${++n}`) =>
    write(name, { summary, call: thing.create, screen: 'thing', answer: thingAnswer });
  const tableOf = (rows: object) => refusal(() => screenTable(rows as never));

  test.each<[string, object, string]>([
    [
      'without a method',
      { '/things': aWrite() },
      'table row "/things": it is not a method and a path, such as "GET /things"',
    ],
    [
      'without a slash',
      { 'GET things': aScreen() },
      'table row "GET things": it is not a method and a path, such as "GET /things"',
    ],
    [
      'with a parameter of Express',
      { 'GET /things/:id': aScreen() },
      'table row "GET /things/:id": it is not a method and a path, such as "GET /things"',
    ],
    [
      'with a query',
      { 'GET /things?x=1': aScreen() },
      'table row "GET /things?x=1": it is not a method and a path, such as "GET /things"',
    ],
    [
      'with a slash at the end',
      { 'GET /things/': aScreen() },
      'table row "GET /things/": it is not a method and a path, such as "GET /things"',
    ],
    [
      'with another method',
      { 'HEAD /things': aScreen() },
      'table row "HEAD /things": it is not a method and a path, such as "GET /things"',
    ],
  ])('a table throws for a row key %s', (_, rows, message) => {
    expect(tableOf(rows)).toBe(message);
  });

  test.each<[string, object, string]>([
    [
      'a screen is read with POST',
      { 'POST /things': aScreen() },
      'table row "POST /things": a screen is read with GET',
    ],
    [
      'a write is made with GET',
      { 'GET /things': aWrite() },
      'table row "GET /things": a write is not made with GET',
    ],
    [
      'a path has two parameters of one name',
      { 'GET /a/{id}/b/{id}': aScreen() },
      'table row "GET /a/{id}/b/{id}": two parameters of the path have one name',
    ],
    [
      'two rows differ in the names of their parameters',
      { 'GET /a/{id}': aScreen(), 'GET /a/{other}': aScreen() },
      'table row "GET /a/{other}": "/a/{id}" has the same path with other parameter names',
    ],
    [
      'two methods of one path name its parameters differently',
      { 'GET /a/{id}': aScreen(), 'POST /a/{other}': aWrite() },
      'table row "POST /a/{other}": "/a/{id}" has the same path with other parameter names',
    ],
    [
      'two entries have one operation id',
      { 'GET /a': aScreen('one', 'same'), 'GET /b': aScreen('two', 'same') },
      'table row "GET /b": the operation id "same" is taken',
    ],
    [
      'two screens have one name',
      { 'GET /a': aScreen('same', 'a'), 'GET /b': aScreen('same', 'b') },
      'table row "GET /b": two screens have the name "same"',
    ],
  ])('a table throws when %s', (_, rows, message) => {
    expect(tableOf(rows)).toBe(message);
  });

  test('a table throws when one of its screens is already in another table', () => {
    const shared = aScreen('shared');
    screenTable({ 'GET /a/{id}': shared });
    expect(tableOf({ 'GET /b/{id}': shared })).toBe(
      'table row "GET /b/{id}": the screen "shared" is in another table already',
    );
  });
});

describe('a router throws at start', () => {
  const upstreams = createUpstreamClients(
    { thing },
    { metrics: createMetrics('test'), log: createLogger('test', 'silent') },
  );
  afterAll(() => upstreams.close());
  const router = (table: ReturnType<typeof screenTable>, version?: string) =>
    refusal(() =>
      screenRouter(table, testFamily({ ...(version !== undefined && { version }) }), {
        callOf: upstreams.callOf,
        bearerFor: () => () => '',
        idempotency: undefined as never,
        verifyAnswers: true,
      }),
    );

  test('a router throws when an operation belongs to no registered service', () => {
    const other = service(
      'other',
      { address: 'http://127.0.0.1:1' },
      { byId: get('/others/{id}', { response: answer }) },
    );
    const table = screenTable({
      'GET /others/{id}': screen('other', {
        summary,
        sources: { other: source(other.byId, { required: true, members: ['title'] }) },
        answer,
      }),
    });
    expect(router(table)).toBe('operation "other.byId" belongs to no registered service');
  });

  test('a router throws when an entry has no answer for the version of the router', () => {
    const versioned = screen('versioned', {
      summary,
      sources: { thing: source(thing.byId, { required: true, members: ['title'] }) },
      answers: { v1: { schema: answer, of: (view) => view } },
    });
    expect(router(screenTable({ 'GET /v/{id}': versioned }), 'v2')).toBe(
      '"versioned" has no answer of version v2',
    );
  });

  test('a router throws when an answer has a schema that transforms', () => {
    const transforming = screen('transforming', {
      summary,
      sources: { thing: source(thing.byId, { required: true, members: ['title'] }) },
      answer: z.object({ title: z.string().transform((text) => text) }),
    });
    expect(router(screenTable({ 'GET /t/{id}': transforming }))).toBe(
      '"transforming": an answer is projected, not parsed: it cannot have a schema of type "pipe"',
    );
  });

  test('a router that verifies answers throws when a version of an answer has a schema that transforms', () => {
    const transforming = screen('versioned-transform', {
      summary,
      sources: { thing: source(thing.byId, { required: true, members: ['title'] }) },
      answers: {
        v1: { schema: z.object({ title: z.string().transform((text) => text) }), of: (view) => view },
      },
    });
    expect(router(screenTable({ 'GET /vt/{id}': transforming }), 'v1')).toBe(
      '"versioned-transform": an answer is projected, not parsed: it cannot have a schema of type "pipe"',
    );
  });

  test('a router throws when two sources give the same member', () => {
    const twice = screen('twice', {
      summary,
      sources: {
        one: source(thing.byId, { as: 'thing', required: true }),
        two: source(thing.byId, { as: 'thing', required: true }),
      },
      root: 'thing',
      answer: thingAnswer,
    });
    expect(router(screenTable({ 'GET /t/{id}': twice }))).toBe(
      'screen "twice": field "thing" is given by "one" and by "two"',
    );
  });
});
