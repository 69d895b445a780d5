import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentOf } from '../../src/openapi/document.ts';
import { checkSource } from '../../src/source/check-source.ts';
import { serviceSource } from '../../src/source/service-source.ts';
import { checkLaw } from '../law/check-law.ts';
import { drawDocument, drawer, reference } from '../law/documents.ts';

test('a value that a schema accepts is accepted by what is generated, and keeps every member that the schema names', () => {
  // Always the same documents; test/law/main.ts draws others. This seed once found an alternative with additionalProperties.
  const { values, accepted } = checkLaw(40, 18_880_788);
  expect(values).toBe(40 * 3 * 24);
  // Else the values that are made would prove nothing.
  expect(accepted).toBeGreaterThan(values / 4);
});

test('what is generated of such documents compiles, and so do its declarations', () => {
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
    const { source, passedOver } = serviceSource(
      { name, constant: name, address: 'http://127.0.0.1:1' },
      { document, title: '', operations, passedOver: [], notes: [] },
    );
    expect(passedOver).toEqual([]);
    return [`libs/services/src/${name}.ts`, source];
  });
  expect(() =>
    checkSource(resolve(import.meta.dirname, '../../../..'), Object.fromEntries(files)),
  ).not.toThrow();
});
