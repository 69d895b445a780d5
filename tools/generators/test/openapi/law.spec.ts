import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentOf } from '../../src/openapi/document.ts';
import { checkSource } from '../../src/source/check-source.ts';
import { serviceSource } from '../../src/source/service-source.ts';
import { checkLaw } from '../law/check-law.ts';
import { drawDocument, drawer, reference } from '../law/documents.ts';

test('a generated schema accepts every value that the document accepts, and keeps every member that the document names', () => {
  // A fixed seed, so that the documents are always the same; test/law/main.ts draws others. This one found an
  // error with additionalProperties in an alternative.
  const { values, accepted } = checkLaw(40, 18_880_788);
  expect(values).toBe(40 * 3 * 24);
  // Otherwise too few values are valid to prove anything.
  expect(accepted).toBeGreaterThan(values / 4);
});

test('the generated modules of random documents compile, including their declarations', () => {
  const files = fc.sample(drawer, 30).map((draw, index) => {
    const given = drawDocument(draw);
    const operations = Object.keys(given.components.schemas).map((each) => ({
      name: `read${each}`,
      method: 'PUT' as const,
      path: `/${each}`,
      query: [],
      headers: [],
      body: { mediaType: 'application/json', schema: { $ref: reference(each) } },
      response: { mediaType: 'application/json', schema: { $ref: reference(each) } },
      tags: [],
      summary: '',
      notes: [],
    }));
    const name = `thing${index}`;
    const document = documentOf({ ...given });
    const { source, skipped } = serviceSource(
      { name, constant: name, address: 'http://127.0.0.1:1' },
      { document, title: '', operations, skipped: [], notes: [] },
    );
    expect(skipped).toEqual([]);
    return [`libs/services/src/${name}.ts`, source];
  });
  expect(() =>
    checkSource(resolve(import.meta.dirname, '../../../..'), Object.fromEntries(files)),
  ).not.toThrow();
});
