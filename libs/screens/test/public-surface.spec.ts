import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import * as surface from '../src/index.ts';

test('the index exports exactly the names for apps', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'AnswerSchemas',
    'createIdempotency',
    'createRehearsalWorld',
    'dependent',
    'describeTable',
    'each',
    'page',
    'param',
    'receiptSettings',
    'sameScreen',
    'screen',
    'screenRouter',
    'screenTable',
    'sensitive',
    'sensitivePaths',
    'shortestBudgetMs',
    'signalsApi',
    'source',
    'validatorMatch',
    'versionOf',
    'warmUpSteps',
    'write',
  ]);
});

/** One export of every kind of declaration, with path parameters, because these give the longest types. */
const consumer = `
import { dependent, each, page, param, sameScreen, screen, screenTable, source, write } from '@bff/screens';
import { get, post, service } from '@bff/upstream-clients';
import { z } from 'zod';
const thing = z.object({ id: z.string() });
const page1 = z.object({ items: z.array(thing), next_cursor: z.string().nullable() });
export const things = service('thing', { address: 'http://127.0.0.1:1' }, {
  byId: get('/things/{thingId}/parts/{partId}', { response: thing }),
  mine: get('/users/{userId}/thing', { response: thing }),
  list: get('/owners/{ownerId}/things', { response: page1, query: { cursor: z.string().optional(), limit: z.int() } }),
  change: post('/things/{thingId}/parts/{partId}', { body: thing, response: thing }),
});
export const byId = source(things.byId, { required: true, members: ['id'] });
export const renamed = source(things.byId, { with: { thingId: param('other') }, as: 'renamed', fallback: null });
export const list = page(things.list, { as: 'items', take: ({ items }) => items, next: ({ next_cursor }) => next_cursor, required: true });
export const more = each(list, 'id', things.byId, { parameter: 'thingId', as: 'more', fallback: null });
export const next = dependent(byId, things.byId, { with: ({ id }) => ({ thingId: id, partId: id }), as: 'next', fallback: null });
export const one = screen('one', { summary: 'One', sources: { byId }, answer: thing });
export const several = screen('several', { summary: 'Several', sources: { byId, renamed, next, mine: source(things.mine, { as: 'mine', fallback: null }) }, answer: thing });
export const pages = screen('pages', { summary: 'Pages', sources: { list, more }, answer: page1 });
export const same = sameScreen(several, { id: 'same', summary: 'Same' });
export const change = write('change', { summary: 'Change', call: things.change, of: one, with: { thingId: param('other') } });
export const table = screenTable({ 'GET /things/{thingId}/parts/{partId}': one });
`;

test('the declarations of an app refer to exported types only (TS2883)', () => {
  const root = resolve(import.meta.dirname, '../../..');
  const file = join(root, 'consumer/screens.ts');
  const { config } = ts.parseConfigFileTextToJson('', readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
  const options: ts.CompilerOptions = {
    ...ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options,
    composite: false,
    rootDir: root,
    outDir: join(root, 'consumer/dist'),
    tsBuildInfoFile: undefined,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.readFile = (path) => (path === file ? consumer : readFile(path));
  const program = ts.createProgram({ rootNames: [file], options, host });
  const source = program.getSourceFile(file);
  const errors = [...program.getSemanticDiagnostics(source), ...program.getDeclarationDiagnostics(source)];
  expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
});
