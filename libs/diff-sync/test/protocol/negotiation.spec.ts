import { describe, expect, test } from '@jest/globals';
import { acceptsJsonPatch } from '../../src/protocol/accepts-json-patch.ts';
import { parseNamedTokens } from '../../src/protocol/named-tokens.ts';

const a = 'aaaaaaaaaaaaaaaaaaaaaaaa';
const b = 'BBBB-BBBB_BBBB-BBBB-0-br';

describe('A-IM (RFC 3229, section 10.5.3)', () => {
  test.each([
    ['json-patch', true],
    ['JSON-Patch', true],
    [' json-patch ', true],
    ['gzip, json-patch', true],
    ['vcdiff;q=1.0,json-patch;q=0.001', true],
    ['json-patch ; q=1', true],
    ['json-patch;Q=0.5', true],
    ['diffe, , json-patch', true],
    ['identity;q=0.5, json-patch', true],
    ['identity;q=0.5, json-patch;q=0.5', true],
    ['identity;q=0, json-patch;q=0.1', true],
    ['identity, json-patch;q=0.9', false],
    ['json-patch;q=0', false],
    ['json-patch;q=0.000', false],
    ['json-patch;q=2', false],
    ['json-patch;q=0.0001', false],
    ['json-patch;q=', false],
    ['json-patch;q=abc', false],
    ['json-patch;flavour=other', false],
    ['json-patch2', false],
    ['xjson-patch', false],
    ['"json-patch"', false],
    ['other;x="a,json-patch"', false],
    ['merge-patch, vcdiff, gdiff, range', false],
    ['__proto__, toString, constructor', false],
    ['*', false],
    ['', false],
    [undefined, false],
    [`${'x,'.repeat(600)}json-patch`, false],
  ])('the A-IM field %j accepts a JSON Patch: %p', (field, accepted) => {
    expect(acceptsJsonPatch(field)).toBe(accepted);
  });
});

describe('If-None-Match', () => {
  test.each([
    [`"${a}"`, [a]],
    [`"${a}", "${b}"`, [a, b]],
    [`"${a}","${b}"`, [a, b]],
    [`W/"${a}"`, [a]],
    [`"${a}-br", W/"${b}-gzip"`, [a, b]],
    [`"${b}"`, [b]],
    [`"${a}", "${a}-zstd", W/"${a}"`, [a]],
    [`"other", "${a}", garbage`, [a]],
    [`"${a}-BR"`, []],
    [`"${a}-"`, []],
    [`"${a}`, []],
    [`${a}"`, []],
    [`'${a}'`, []],
    ['"', []],
    [`*, "${a}"`, [a]],
  ])('the tokens of the If-None-Match field %s are parsed', (field, tokens) => {
    expect(parseNamedTokens(field)).toEqual({ any: true, everything: false, tokens });
  });

  test('If-None-Match: * names everything, and an absent If-None-Match names nothing', () => {
    expect(parseNamedTokens('*')).toEqual({ any: true, everything: true, tokens: [] });
    for (const field of [undefined, '', '  '])
      expect(parseNamedTokens(field)).toEqual({ any: false, everything: false, tokens: [] });
  });

  test('at most 50 tokens and 8 KB of If-None-Match are read', () => {
    const tokens = Array.from({ length: 60 }, (_, n) => String(n).padStart(24, 'x'));
    const field = tokens.map((token) => `"${token}"`).join();
    expect(parseNamedTokens(field).tokens).toEqual(tokens.slice(0, 50));
    expect(parseNamedTokens(`${'x'.repeat(8_192)}${field}`).tokens).toEqual([]);
  });

  test('hostile If-None-Match fields are parsed in linear time', () => {
    const start = process.cpuUsage().user;
    for (const text of ['"', '"a', `"${a}-`, `"${a}-br`, 'W/', ', '])
      for (let run = 0; run < 100; run++) parseNamedTokens(text.repeat(8_192));
    expect(process.cpuUsage().user - start).toBeLessThan(2_000_000);
  });
});
