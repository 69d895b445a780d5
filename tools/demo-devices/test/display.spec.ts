import { expect, test } from '@jest/globals';
import type { Look } from '../src/device.ts';
import { createDisplay } from '../src/display.ts';
import { createTally } from '../src/tally.ts';

const look: Look = {
  device: 'phone',
  screen: 'home',
  weather: 'good',
  answer: '226',
  remark: 'keeps orders',
  bytes: 50,
  saved: 1_950,
  ms: 7.4,
};
const writes = { applied: 1, conflicts: 0, rejected: 0, waiting: 2 };

function drawn(isTTY: boolean): string {
  let text = '';
  const display = createDisplay({ isTTY, write: (more) => (text += more) });
  for (const device of ['phone', 'tablet']) display.show({ ...look, device }, writes);
  return text;
}

test('without a terminal the display prints a line per read and no escape sequences', () => {
  expect(drawn(false)).toBe(
    'device  network  screen        answer  bytes   saved   ms    writes\n' +
      'phone   good     home          226     50      1,950   7     1 done, 2 wait, 0 met   keeps orders\n' +
      'tablet  good     home          226     50      1,950   7     1 done, 2 wait, 0 met   keeps orders\n',
  );
});

test('on a terminal the table is redrawn in place, with a row per device and the latest reads below', () => {
  const [first = '', second = ''] = drawn(true).split('\u001b[4A');
  expect(first.split('\n').filter((line) => line.includes('phone'))).toHaveLength(2);
  expect(second.split('\n').map((line) => line.slice(0, 6).trim())).toEqual([
    '\u001b[0Jde',
    'phone',
    'tablet',
    '',
    'phone',
    'tablet',
    '',
  ]);
});

test('the chart compares bytes by kind of answer with complete views, including lost answers', () => {
  const tally = createTally();
  tally.add(look);
  tally.add({ ...look, answer: '200', bytes: 2_000, saved: 0 });
  tally.add({ ...look, answer: 'lost', bytes: 950, saved: -950 });
  const chart = tally.chart().replaceAll(/ +/g, ' ').split('\n');
  expect(chart).toContain(`226 patch 1 50 ${'█'.repeat(1)}`);
  expect(chart).toContain(`200 full view 1 2,000 ${'█'.repeat(20)}`);
  expect(chart).toContain(`together 3,000 ${'█'.repeat(30)}`);
  expect(chart).toContain(`without sync 4,000 ${'█'.repeat(40)}`);
  expect(chart.at(-1)).toBe('saved: 25 % of the bytes of bodies, uncoded, lost ones included');
});

test('the chart shows 0 % saved without reads', () => {
  expect(createTally().chart()).toMatch(/saved: 0 %/);
});
