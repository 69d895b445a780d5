import { describe, expect, test } from '@jest/globals';
import { formatHttpDate, mapOutcome, parseHttpDate } from '../../src/index.ts';

const example = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('parseHttpDate', () => {
  test.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['the obsolete form of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['the obsolete form of asctime', 'Sun Nov  6 08:49:37 1994'],
  ])('parseHttpDate accepts %s (RFC 9110, section 5.6.7)', (_, text) => {
    expect(parseHttpDate(text)).toBe(example);
  });

  test.each([
    '',
    '0',
    '784111777',
    'yesterday',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'sun, 06 nov 1994 08:49:37 gmt',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
  ])('parseHttpDate returns undefined for %j', (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});

test('formatHttpDate writes IMF-fixdate without fractions of a second', () => {
  expect(formatHttpDate(example + 999)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
});

test('mapOutcome keeps the modification date beside the transformed value', () => {
  const outcome = { kind: 'value', value: 1, lastModified: example, currentAt: example + 1_000 } as const;
  expect(mapOutcome(outcome, String)).toEqual({ ...outcome, value: '1' });
});
