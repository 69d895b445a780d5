import { describe, expect, test } from '@jest/globals';
import { markdownTable } from '../src/report/markdown-table.ts';
import { tagForm } from '../src/sizes/measure-screen.ts';
import { nullSavings } from '../src/sizes/null-savings.ts';
import { quantile, spreadOf } from '../src/report/quantile.ts';
import { niceStep } from '../src/sizes/sizes-chart.ts';

test('a table is as wide as its widest cell, numbers at the right', () => {
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
  // R: quantile(c(1, 2, 3, 4, 10)), and of c(1, 2).
  test.each([
    [[1, 2, 3, 4, 10], 0, 1],
    [[1, 2, 3, 4, 10], 0.25, 2],
    [[1, 2, 3, 4, 10], 0.9, 7.6],
    [[1, 2, 3, 4, 10], 1, 10],
    [[1, 2], 0.5, 1.5],
    [[7], 0.75, 7],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected, 10);
  });

  test('of nothing there is none', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  test('a spread takes values in any order, by number and not by text', () => {
    expect(spreadOf([10, 9, 100, 1, 2])).toEqual({
      least: 1,
      lowerQuartile: 2,
      median: 9,
      upperQuartile: 10,
      most: 100,
    });
  });
});

test('H3 what null stripping saves is counted in bytes; nulls in arrays stay', () => {
  const figures = nullSavings('made up', ['{"a":null,"b":"ü"}', '{"a":[null,0,""]}']);
  expect(figures).toMatchObject({ payloads: 2, bytes: 19 + 17, strippedBytes: 10 + 17, asClaimed: 1 });
  expect(figures.savedPercent).toMatchObject({ least: 0, most: 47.4 });
});

test.each([
  [undefined, null],
  ['"abc_-9"', '"<token>"'],
  ['"ab-c-gzip"', '"<token>-gzip"'],
  ['W/"abc-br"', 'W/"<token>-br"'],
])('of the tag %s only the form is kept', (tag, form) => {
  expect(tagForm(tag)).toBe(form);
});

test.each([
  [0.7, 1],
  [1, 1],
  [34, 50],
  [4_847, 5_000],
  [5_001, 10_000],
])('the lines of a chart for steps of %d or more stand %d apart', (least, step) => {
  expect(niceStep(least)).toBeCloseTo(step, 10);
});
