import { describe, expect, test } from '@jest/globals';
import { markdownTable } from '../src/report/markdown-table.ts';
import { tagForm } from '../src/sizes/measure-screen.ts';
import { nullSavings } from '../src/sizes/null-savings.ts';
import { quantile, spreadOf } from '../src/report/quantile.ts';
import { niceStep } from '../src/sizes/sizes-chart.ts';

test('a Markdown table is as wide as its widest cell and aligns numbers right', () => {
  const table = markdownTable(
    [{ title: 'screen' }, { title: 'n', align: 'right' }],
    [
      ['home', '1,234'],
      ['announcements', '–'],
    ],
  );
  expect(table.split('\n')).toEqual([
    '| screen        |     n |',
    '| ------------- | ----: |',
    '| home          | 1,234 |',
    '| announcements |     – |',
  ]);
});

describe('quantile', () => {
  // Expected values from R: quantile(c(1, 2, 3, 4, 10)) and quantile(c(1, 2)).
  test.each([
    [[1, 2, 3, 4, 10], 0, 1],
    [[1, 2, 3, 4, 10], 0.25, 2],
    [[1, 2, 3, 4, 10], 0.9, 7.6],
    [[1, 2, 3, 4, 10], 1, 10],
    [[1, 2], 0.5, 1.5],
    [[7], 0.75, 7],
  ])('the quantile of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected, 10);
  });

  test('quantile throws a RangeError without values', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  test('the spread sorts values numerically, not as text', () => {
    expect(spreadOf([10, 9, 100, 1, 2])).toEqual({
      least: 1,
      lowerQuartile: 2,
      median: 9,
      upperQuartile: 10,
      most: 100,
    });
  });
});

test('H3 the savings of null stripping are counted in bytes, and nulls in arrays stay', () => {
  const figures = nullSavings('made up', ['{"a":null,"b":"ü"}', '{"a":[null,0,""]}']);
  expect(figures).toMatchObject({ payloads: 2, bytes: 19 + 17, strippedBytes: 10 + 17, asClaimed: 1 });
  expect(figures.savedPercent).toMatchObject({ least: 0, most: 47.4 });
});

test.each([
  [undefined, null],
  ['"abc_-9"', '"<token>"'],
  ['"ab-c-gzip"', '"<token>-gzip"'],
  ['W/"abc-br"', 'W/"<token>-br"'],
])('the report keeps the entity tag %s without its token: %s', (tag, form) => {
  expect(tagForm(tag)).toBe(form);
});

test.each([
  [0.7, 1],
  [1, 1],
  [34, 50],
  [4_847, 5_000],
  [5_001, 10_000],
])('the grid lines of a chart with steps of at least %d are %d apart', (least, step) => {
  expect(niceStep(least)).toBeCloseTo(step, 10);
});
