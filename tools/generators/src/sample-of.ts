import { plain, type JsonSchema } from './json-schema.ts';

/** A value that fits: the example where there is one, and every member, so that nothing is missing where it is shown. */
export function sampleOf(given: JsonSchema): unknown {
  const { type, isNullable, schema, alternatives } = plain(given);
  const [first] = [
    schema.const,
    schema.example,
    schema.examples?.[0],
    schema.default,
    schema.enum?.[0],
  ].filter((each) => each !== undefined);
  if (first !== undefined) return first;
  if (alternatives[0]) return sampleOf(alternatives[0]);
  if (type === 'string') return texts[schema.format ?? ''] ?? 'text';
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [sampleOf(schema.items ?? {})];
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, member]) => [name, sampleOf(member)]),
    );
  return isNullable ? null : 'anything';
}

const texts: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T09:30:00.000Z',
  date: '2026-01-31',
  email: 'name@example.com',
  uri: 'https://example.com/',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};
