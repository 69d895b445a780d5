import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import fc from 'fast-check';
import { acceptableCodings } from '../../../src/response/coding/negotiate-coding.ts';
import { quickest } from '../../wire/http-world.ts';

const all = ['zstd', 'br', 'gzip', 'identity'];

describe('Accept-Encoding (RFC 9110, section 12.5.3)', () => {
  test.each<[string | undefined, string[]]>([
    [undefined, ['identity', 'zstd', 'br', 'gzip']],
    ['', ['identity']],
    ['gzip', ['gzip', 'identity']],
    ['GZip', ['gzip', 'identity']],
    ['x-gzip', ['gzip', 'identity']],
    ['gzip, deflate, br', ['br', 'gzip', 'identity']],
    ['gzip, deflate, br, zstd', all],
    ['br;q=0.5, gzip;q=0.8', ['gzip', 'br', 'identity']],
    ['br;q=0.5,gzip;q=0.500,zstd;q=0.50', all],
    ['gzip;Q=0.3, br;q=0.2', ['gzip', 'br', 'identity']],
    ['gzip ; q=0.5 , br', ['br', 'gzip', 'identity']],
    ['gzip\t;\tq=1.000', ['gzip', 'identity']],
    ['*', all],
    ['*;q=0.5', all],
    ['gzip;q=0.5, *;q=0.8', ['zstd', 'br', 'identity', 'gzip']],
    ['br;q=0, *', ['zstd', 'gzip', 'identity']],
    ['identity', ['identity']],
    ['identity, gzip;q=0.5', ['identity', 'gzip']],
    ['identity;q=0.5, gzip;q=0.5', ['gzip', 'identity']],
    ['gzip;q=0', ['identity']],
    ['gzip;q=0.001', ['gzip', 'identity']],
    ['identity;q=0, gzip', ['gzip']],
    ['gzip, *;q=0', ['gzip']],
    ['identity;q=0.5, *;q=0', ['identity']],
    ['identity;q=0, *', ['zstd', 'br', 'gzip']],
    ['deflate, compress', ['identity']],
    [' , gzip,, ', ['gzip', 'identity']],
  ])('Accept-Encoding %j accepts the codings %j, best first', (field, codings) => {
    expect(acceptableCodings(field)).toEqual(codings);
  });

  test.each([
    ['identity;q=0'],
    ['*;q=0'],
    ['*;q=0.000'],
    ['identity;q=0, gzip;q=0'],
    ['deflate, *;q=0'],
    ['deflate, identity;q=0'],
  ])('Accept-Encoding %j refuses every coding', (field) => {
    expect(acceptableCodings(field)).toEqual([]);
  });

  test.each([
    ['gzip;q=-1'],
    ['gzip;q=2'],
    ['gzip;q=1.001'],
    ['gzip;q=0.0001'],
    ['gzip;q=abc'],
    ['gzip;q='],
    ['gzip;q'],
    ['gzip;q=0.5;q=0'],
    ['gzip;foo=bar'],
    ['gz ip'],
    ['gzip;q = 0.5'],
    ['"gzip"'],
    ['gzip;q="0.5"'],
    ['gzip;;'],
    ['identity;q=0;'],
  ])('the malformed Accept-Encoding %j is ignored, which leaves identity', (field) => {
    expect(acceptableCodings(field)).toEqual(['identity']);
  });

  test('H8 an Accept-Encoding of 8 KB is rejected in less than 5 ms', () => {
    for (const part of ['a,', '*,', 'gzip;q=0.5,', 'a;', ',"', ' ']) {
      const refuse = () => expect(() => acceptableCodings(part.repeat(8192 / part.length))).toThrow(Problem);
      expect(quickest(refuse)).toBeLessThan(5);
    }
  });

  test('H8 an Accept-Encoding of the maximum length is parsed in less than 5 ms', () => {
    let run = 0;
    for (const part of ['a,', '*,', 'gzip;q=0.5,', 'a ;', ' ', 'a  ', '  ,']) {
      const field = part.repeat(1000 / part.length);
      // A different text each time, so that no run uses a cached result.
      expect(quickest(() => acceptableCodings(field + ' '.repeat(++run % 20)))).toBeLessThan(5);
    }
  });
});

interface Member {
  readonly coding: string;
  readonly weight: number;
}

/** Implements the rules of RFC 9110, section 12.5.3, literally, for comparison. */
function weightOf(coding: string, members: readonly Member[]): number | 'unstated' {
  const named = members.filter((member) => member.coding === coding);
  if (named.length > 0) return Math.max(...named.map(({ weight }) => weight));
  // "The asterisk "*" symbol matches any available content coding not explicitly listed in the field."
  const any = members.filter((member) => member.coding === '*');
  if (any.length > 0) return Math.max(...any.map(({ weight }) => weight));
  // "If the representation has no content coding, then it is acceptable by default."
  return coding === 'identity' ? 'unstated' : 0;
}

test('acceptableCodings agrees with RFC 9110, section 12.5.3, for every well-formed field', () => {
  const member = fc.record({
    coding: fc.constantFrom('gzip', 'br', 'zstd', 'identity', '*', 'deflate'),
    weight: fc.constantFrom(0, 0.001, 0.5, 0.8, 1),
  });
  fc.assert(
    fc.property(fc.array(member, { maxLength: 6 }), (members) => {
      const field = members
        .map(({ coding, weight }) => (weight === 1 ? coding : `${coding};q=${weight}`))
        .join(', ');
      const codings = acceptableCodings(field);
      for (const coding of all)
        expect(codings.includes(coding as never)).toBe(weightOf(coding, members) !== 0);
      const weights = codings
        .map((coding) => weightOf(coding, members))
        .filter((weight) => weight !== 'unstated');
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
      // Identity is not mentioned, so requested codings come first.
      if (weightOf('identity', members) === 'unstated') expect(codings.at(-1)).toBe('identity');
    }),
    { numRuns: 3000 },
  );
});
