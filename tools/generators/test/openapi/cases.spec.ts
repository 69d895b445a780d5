import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import * as clients from '@bff/upstream-clients';
import { jsonSchemaOf, sampleOf } from '@bff/demo-services/generic';
import { z } from 'zod';
import { checkSource } from '../../src/source/check-source.ts';
import { serviceSource } from '../../src/source/service-source.ts';
import { readService } from '../../src/service.ts';

const folder = resolve(import.meta.dirname, '../data/cases');
const json = 'clients send JSON';
const nothing: readonly string[] = [];

/** Every document with its generated operations and printed lines. */
const cases: readonly (readonly [file: string, operations: string, lines: readonly string[]])[] = [
  ['m01', 'delete: GET /a', nothing],
  ['m02', 'get2faStatus: GET /a', nothing],
  ['m04', 'one: GET /a/{query} ?x', nothing],
  ['m05', "one: GET /drive/items('{id}')", nothing],
  ['m06', 'one: GET /a ?page', nothing],
  ['m07', 'one: GET /a', nothing],
  ['m09', 'one: GET /a', nothing],
  ['m11', 'one: GET /a', nothing],
  ['m12', 'one: GET /a', ['an answer without content counts as a failure of a read']],
  ['m14', 'one: GET /v1/a', nothing],
  ['m15', 'one: GET /v2/a', nothing],
  ['m16', 'one: GET /a ?ids ?deep', nothing],
  ['m17', 'one: GET /a X-Api-Version', nothing],
  ['m18', 'one: GET /a', ['integers of 64 bits lose digits above 2^53: ids should be strings']],
  ['m20', 'one: GET /a', nothing],
  ['m21', 'getA: GET /a', nothing],
  ['m24', 'one: GET /a', nothing],
  ['m26', 'one: GET /a', nothing],
  ['m28', 'one: GET /users/{id}, me: GET /users/me', nothing],
  ['m29', 'tier: GET /tier/{tier}', nothing],
  ['m30', 'peek: GET /a/{id}:peek', nothing],
  ['m31', 'one: GET /a/{sid}.json', nothing],
  ['m32', 'one: GET /a', nothing],
  ['m33', 'one: GET /a', nothing],
  ['m35', 'one: GET /a/{userId}', nothing],
  ['m36', 'one: GET /a', ['without the member __proto__: it would be the prototype of the object']],
  ['m37', 'one: GET /a', nothing],
  ['m38', 'one: GET /a', nothing],
  ['m39', 'one: GET /a', nothing],
  ['m40', 'one: GET /a', nothing],
  ['m41', 'one: GET /a', nothing],
  ['m42', 'one: GET /a', nothing],
  ['m43', '', [`POST /a: its body is multipart/form-data; ${json}`]],
  ['m44', '', [`POST /a: its body is application/x-www-form-urlencoded; ${json}`]],
  ['m45', 'send: POST /a', nothing],
  ['m46', 'one: GET /a, put: PUT /a', nothing],
  ['m47', 'one: GET /a', nothing],
  ['m48', 'one: GET /a', nothing],
  ['m49', '', ['/a: #/components/x leads nowhere']],
  ['m50', 'one: GET /a ?a b&c', nothing],
  ['m51-inject', "one: GET /a'%20+%20String((globalThis%20as%20any).pwned%20=%20process.pid)%20+%20'", nothing],
  ['m53-discriminator', 'one: GET /a', nothing],
  ['m54-properties-beside-oneof', 'one: GET /a', nothing],
  ['m56-server-scheme', 'one: GET /v1/a', nothing],
  ['m59-nullable-31', 'x: GET /a', ['nullable is a keyword of OpenAPI 3.0; it has that meaning here']],
  ['m61-inject-file', "one: GET /a'%20+%20String(process.getBuiltinModule('fs').writeFileSync('pwned.txt',%20'x'))%20+%20'", nothing],
]; // prettier-ignore

async function generated(file: string) {
  const described = await readService(join(folder, `${file}.json`));
  const { operations } = described;
  const name = file.replace(/-.*/, '');
  const { source, ...more } = serviceSource(
    { name, constant: name, address: 'http://127.0.0.1:1' },
    described,
  );
  return {
    name,
    operations,
    source,
    lines: [
      ...described.notes,
      ...[...described.skipped, ...more.skipped].map(({ request, reason }) => `${request}: ${reason}`),
      ...more.notes,
      ...operations.flatMap(({ notes }) => notes),
    ],
  };
}

/**
 * Evaluates the service of a module, which is safe because generated modules contain no code from the
 * document.
 */
function evaluated(source: string, name: string): clients.Service {
  const body = source.replaceAll(/^import .*$/gm, '').replace('export const', 'const');
  const { get, post, put, patch, del, service } = clients;
  return new Function('z', 'get', 'post', 'put', 'patch', 'del', 'service', `${body}\nreturn ${name};`)(
    z,
    get,
    post,
    put,
    patch,
    del,
    service,
  ) as clients.Service;
}

test('the table of cases contains every document of the folder', () => {
  expect(cases.map(([file]) => `${file}.json`)).toEqual(readdirSync(folder).toSorted());
});

test.each(cases)('the document %s generates the operations %s', async (file, expected, lines) => {
  const { operations, source, name, lines: said } = await generated(file);
  const texts = operations.map(({ name: operation, method, path, query, headers }) =>
    [
      `${operation}: ${method} ${path}`,
      ...query.map((each) => `?${each.name}`),
      ...headers.map((each) => each.name),
    ].join(' '),
  );
  expect({ operations: texts.toSorted().toReversed().join(', '), lines: said }).toEqual({
    operations: expected.split(', ').toSorted().toReversed().join(', '),
    lines,
  });
  if (source === '') return;
  // The client accepts what the fake of the service answers.
  for (const { response } of Object.values(evaluated(source, name)[clients.info].operations)) {
    const sample = response && sampleOf(jsonSchemaOf(response));
    expect(response?.safeParse(sample).error).toBeUndefined();
  }
});

test('the generated modules of all documents type-check with the workspace', async () => {
  const all = await Promise.all(cases.map(([file]) => generated(file)));
  const modules = all.filter(({ source }) => source !== '');
  const files = modules.map(({ name, source }) => [`libs/services/src/${name}.ts`, source]);
  const root = resolve(import.meta.dirname, '../../../..');
  expect(() => checkSource(root, Object.fromEntries(files))).not.toThrow();
});
