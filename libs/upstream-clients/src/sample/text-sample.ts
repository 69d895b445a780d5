import type { JsonSchema } from './json-schema.ts';

/** Returns a text of the format or one that matches the pattern, within the length bounds. */
export function textSample({ format, pattern, minLength = 0, maxLength = Infinity }: JsonSchema): string {
  const sized = (text: string): string =>
    text.length < minLength ? text.padEnd(minLength, text || 'x') : text.slice(0, maxLength);
  const known = texts[format ?? ''];
  if (known !== undefined) return known;
  if (pattern === undefined) return sized('text');
  const expected = new RegExp(pattern, 'u');
  return (
    [...literals(pattern), 'text', 'TEXT', ...Object.values(texts), ...codes]
      .map(sized)
      .find((text) => expected.test(text)) ?? sized('text')
  );
}

/** Returns the literal texts of a pattern that tests a prefix, a suffix or a substring. */
const literals = (pattern: string): readonly string[] => {
  const [, literal] = /^\^?(?:\.\*)?((?:\\.|[^\\^$.|?*+()[\]{}])+)(?:\.\*)?\$?$/.exec(pattern) ?? [];
  return literal === undefined ? [] : [literal.replaceAll(/\\(.)/g, '$1')];
};

/** Texts for common patterns: numbers, codes of countries, languages and currencies, colours. */
const codes = [
  '1',
  '12',
  '123',
  '1234',
  '12345',
  '123456',
  'a',
  'A',
  'en',
  'EN',
  'EUR',
  'eur',
  'en-GB',
  '1.0.0',
  '#336699',
  'text-text',
  'A1',
];

const texts: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T09:30:00.000Z',
  date: '2026-01-31',
  time: '09:30:00',
  duration: 'P1DT2H',
  email: 'name@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  cidrv4: '192.0.2.0/24',
  cidrv6: '2001:db8::/32',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  guid: '123e4567-e89b-42d3-a456-426614174000',
  base64: 'dGV4dA==',
  base64url: 'dGV4dA',
  jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl',
  e164: '+493055512345',
  nanoid: 'V1StGXR8_Z5jdHi6B-myT',
  cuid: 'ch72gsb320000udocl363eofy',
  cuid2: 'tz4a98xxat96iws9zmbrgj3a',
  ulid: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  xid: '9m4e2mr0ui3e8a215n4g',
  ksuid: '0ujtsYcgvSTl8PAuAdqWYSMnLOv',
  emoji: '🙂',
  mac: '00:1a:2b:3c:4d:5e',
  hex: 'a1b2',
};
