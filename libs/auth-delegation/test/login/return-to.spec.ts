import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { isLocalPath, parseReturnTo } from '../../src/index.ts';

/** Forms of another host, before any encoding. */
const foreign = [
  '//evil.example', '///evil.example', '////evil.example', '/\\evil.example', '\\/evil.example', '\\\\evil.example', '/\\/evil.example',
  '//\\evil.example', '/\\\\evil.example', '\\evil.example', '/.//evil.example', '/..//evil.example', '/././/evil.example', '/a/..//evil.example',
  '/a/b/../..//evil.example', '/.//\\evil.example', '/./\\evil.example', '/a/../\\evil.example', '/;/..//evil.example',
  'https://evil.example', 'http://evil.example', 'HTTPS://evil.example', 'https:evil.example', 'https:/evil.example', 'https:\\\\evil.example',
  'http:///evil.example', '://evil.example', ':evil.example', 'javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd',
  'mailto:a@b', 'evil.example', 'www.evil.example/', '@evil.example', '/@evil.example', '/user@evil.example/x', '/user:pass@evil.example', '.evil.example', '-evil.example',
  '?@evil.example', '#@evil.example', '?//evil.example', '#//evil.example', 'things', './things', '../things', '', ' ', '~', '*',
  '/\t/evil.example', '/\n/evil.example', '/\r/evil.example', '/\r\n/evil.example', '/\t\\evil.example', '\t//evil.example', '\n//evil.example',
  ' //evil.example', '\0//evil.example', '/\0/evil.example', '/\x0b/evil.example', '/\x0c/evil.example', '/\x1f/evil.example', '/\x7f/evil.example',
  '/\t', '/things\r\nSet-Cookie: a=b', '/things\nLocation: https://evil.example', '/thi\tngs', '/ /evil.example', '/things x',
  '/\u00a0/evil.example', '/\u2028/evil.example', '/\u2044evil.example', '/\uff0fevil.example', '\uff0f\uff0fevil.example', '/\uff3cevil.example', '/\u3002evil.example',
  '/évil', '/\u200b/evil.example', '/\ufeff/evil.example', '\u202e//evil.example', '/\ud800',
  'h\nttps://evil.example', 'ht\ttps://evil.example', 'java\nscript:alert(1)', 'https://here.invalid@evil.example', '//here.invalid@evil.example', 'https://evil.example#here.invalid',
]; // prettier-ignore

const octets = (text: string, only: RegExp = /[\s\S]/): string =>
  text.replace(only.global ? only : new RegExp(only, 'gu'), (letter) =>
    [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
/**
 * Encodings that a proxy may undo once. The slash at the start stays, because the path would be relative
 * without it.
 */
const encodings: readonly (readonly [string, (text: string) => string])[] = [
  ['raw', (text) => text],
  ['slashes encoded', (text) => text.replace(/(?<=^.)[/\\]|[/\\](?=[/\\])/g, (slash) => octets(slash))],
  ['all but the first letter encoded', (text) => text.slice(0, 1) + octets(text.slice(1))],
  ['upper-case escapes', (text) => text.slice(0, 1) + octets(text.slice(1)).toUpperCase()],
  ['control characters encoded', (text) => octets(text, /[\0-\x20\x7f\\]/g)],
  ['dots encoded', (text) => octets(text, /\./g)],
  ['everything encoded', (text) => octets(text)],
];
const twice = (text: string): string => text.replaceAll('%', '%25');

function* vectors(): Generator<string> {
  for (const text of foreign)
    for (const [, encoded] of encodings) {
      yield encoded(text);
      yield twice(encoded(text));
      yield twice(twice(encoded(text)));
      yield twice(twice(twice(twice(twice(encoded(text))))));
    }
}

/**
 * The oracle: returns whether a browser leaves the origin for this Location, as it is or decoded repeatedly.
 */
function leaves(location: string): boolean {
  const base = 'https://app.example/auth/callback';
  let stage = location;
  for (let round = 0; round < 6; round += 1) {
    for (const address of [stage, URL.parse(stage, base)?.pathname ?? '']) {
      const url = URL.parse(address, base);
      if (!url || url.origin !== 'https://app.example') return true;
    }
    if (
      /[\p{Cc}\\]/u.test(stage.replace(/[\x80-\xff]/g, '')) ||
      !stage.startsWith('/') ||
      URL.parse(`https://app.example${stage.slice(1)}`)?.hostname === 'evil.example'
    )
      return true;
    stage = stage.replace(/%[0-9a-f]{2}/gi, (octet) =>
      String.fromCharCode(Number.parseInt(octet.slice(1), 16)),
    );
  }
  return false;
}

describe('return_to', () => {
  const tried = [...new Set(vectors())];

  test('W1 no hostile return_to that is accepted leaves the origin, raw or encoded up to five times', () => {
    const accepted = tried.filter(isLocalPath);
    expect(tried.length).toBeGreaterThan(1000);
    expect(accepted.filter(leaves)).toEqual([]);
  });

  test('W1 every hostile return_to, raw or with encoded slashes or control characters, is rejected unless it stays on the origin', () => {
    const plain = foreign.flatMap((text) => [text, encodings[1]![1](text), encodings[4]![1](text)]);
    const harmless = (text: string) => !leaves(text) && /^\/[!-~]*$/.test(text);
    expect(plain.filter(isLocalPath).filter((text) => !harmless(text))).toEqual([]);
    expect(plain.filter(isLocalPath).length).toBeLessThan(10);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/%2f%2fevil.example',
    '/%252f%252fevil.example',
    '/%5cevil.example',
    '/\t/evil.example',
    '/%09/evil.example',
    '/%0d%0aSet-Cookie:a',
    '/@evil.example',
    '/%40evil.example',
    'https://evil.example',
    '',
  ])('W1 a login with the return_to %j is answered with a problem', (address) => {
    expect(() => parseReturnTo(address)).toThrow(
      expect.objectContaining({ type: 'invalid-return-to', status: 400 }),
    );
  });

  test.each([[['/a', '/b']], [null], [1], [{}], [true]])(
    'W1 the value %j is rejected as return_to',
    (given) => {
      expect(() => parseReturnTo(given)).toThrow(Problem);
    },
  );

  test.each([
    '/',
    '/things',
    '/things/o-1?tab=items&q=a%20b#top',
    '/a//b',
    '/users/@u1',
    '/search?q=%2F%2Fevil',
    '/caf%C3%A9',
    '/%E4%BD%A0',
    '/a?u=https://other.example/',
    '/a?q=100%25',
    '/%',
    '/a%zz',
    '/-',
    '/~me',
    '/a:b',
    '/a?email=a@b.example',
    `/${'x'.repeat(2047)}`,
  ])('W1 the local path %j as return_to is accepted and returned unchanged', (address) => {
    expect(parseReturnTo(address)).toBe(address);
    expect(leaves(address)).toBe(false);
  });

  test('W1 without a return_to, the fallback is returned', () => {
    expect([parseReturnTo(undefined), parseReturnTo(undefined, '/page')]).toEqual(['/', '/page']);
  });

  test('W1 a very long return_to is rejected in little time', () => {
    expect(isLocalPath(`/${'x'.repeat(2048)}`)).toBe(false);
    expect(isLocalPath(`/${'%25'.repeat(600)}`)).toBe(true);
    expect(isLocalPath(`/%${'25'.repeat(600)}2f`)).toBe(false);
  });
});
