/** URLs that lead to another origin, directly or after an intermediary decodes or normalizes again. */
export const hostilePaths = [
  'https://evil.example', 'http:evil.example', 'HTTPS://evil.example', 'javascript:alert(1)', 'data:text/html,x',
  '//evil.example', '///evil.example', '////evil.example', '//user:password@evil.example',
  '/\\evil.example', '\\\\evil.example', '\\/evil.example', '/./\\evil.example',
  '/.//evil.example', '/..//evil.example', '/a/..//evil.example', '/%2e//evil.example', '/%2e%2e//evil.example',
  '/%2f%2fevil.example', '/%2fevil.example', '/%5cevil.example', '/%5c%5cevil.example',
  '/%252fevil.example', '/%25252fevil.example', '/%252e%252f%252fevil.example',
  '/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example', '/%09/evil.example', '/%0a/evil.example', '\t//evil.example',
  '/\r\nSet-Cookie: a=b', '/%0d%0aSet-Cookie:%20a=b', '/\0', '/%00',
  '@evil.example', '/@evil.example', '/x:y@evil.example', '/%40evil.example',
  'evil.example', '.evil.example', ' //evil.example', '/ /evil.example', 'things', './things', '?a=b', '#a', '', ' ',
  '/／evil.example', '/\u2028', `/${'a'.repeat(3_000)}`, `/${'"'.repeat(2_000)}`,
]; // prettier-ignore

/** Encodings of a URL in a query; `raw` encodes only what a request line cannot contain. */
export const encodings: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text.replace(/[^!-~]|[#&+]/g, encodeURIComponent),
  'encoded once': encodeURIComponent,
  'encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
};
