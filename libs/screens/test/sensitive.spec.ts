import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { AnswerSchemas, sensitive, sensitivePaths } from '../src/index.ts';

const thing = z.object({
  id: z.string(),
  note: sensitive(z.string().meta({ description: 'A note.' })).nullable(),
});
const answer = z.object({ email: sensitive(z.string()), things: z.array(thing), title: z.string() });

test('sensitive members of an answer are listed by their paths, at every depth', () => {
  expect(sensitivePaths(answer)).toEqual(['email', 'things[*].note']);
});

test('a sensitive member keeps its description, and has x-sensitive in OpenAPI', () => {
  const schemas = new AnswerSchemas();
  schemas.add('Answer', answer);
  const text = JSON.stringify(schemas.all());
  expect(text).toContain('"email":{"type":"string","x-sensitive":true}');
  expect(text).toMatch(/"description":"A note\."/);
  expect(text.match(/"x-sensitive":true/g)).toHaveLength(2);
});

test('a schema that contains itself is searched once for sensitive members', () => {
  const tree: z.ZodType = z.object({
    secret: sensitive(z.string()),
    get children() {
      return z.array(tree);
    },
  });
  expect(sensitivePaths(tree)).toEqual(['secret']);
});

test('sensitive members inside tuples, lazy schemas and records are found', () => {
  const lazy = z.lazy(() => thing);
  const note = sensitive(z.string());
  const schema: z.ZodType = z.object({
    lazy,
    pair: z.tuple([z.string(), thing]),
    notes: z.record(z.string(), z.object({ note })),
    names: z.record(z.string(), z.string()),
    get tree() {
      return z.record(z.string(), z.union([z.string(), schema]));
    },
  });
  expect(sensitivePaths(schema)).toEqual(['lazy.note', 'pair[*].note', 'notes']);
});
