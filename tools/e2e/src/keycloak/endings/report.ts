import { type Measured, places, type Place } from './measure.ts';

export interface CheckResult {
  readonly name: string;
  readonly found: string;
  readonly failed: boolean;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(head) + row(head.map(() => '---')) + rows.map(row).join('');

function secondsAt({ ends, seconds }: Measured, place: Place): string {
  const measured = seconds[place];
  if (measured !== undefined) return measured.toFixed(1);
  return ends.some((app) => place.startsWith(app)) ? 'STILL IN' : 'stays';
}

/** Returns the table of the ways to end a session, with the back-channel logout enabled and disabled. */
export const endingsTable = (on: readonly Measured[], off: readonly Measured[]): string =>
  table(
    ['what happens', ...places, ...places.map((place) => `${place} (off)`)],
    on.map((each, index) => {
      const other = off[index] ?? each;
      return [
        each.ending,
        ...places.map((place) => secondsAt(each, place)),
        ...places.map((place) => secondsAt(other, place)),
      ];
    }),
  );

export const checksTable = (results: readonly CheckResult[]): string =>
  table(
    ['check', 'result'],
    results.map(({ name, found, failed }) => [name, failed ? `FAILED: ${found}` : found]),
  );

/** Returns the clients that stayed logged in after their session ended, and those that lost a valid one. */
export const wrongEndings = (all: readonly Measured[]): readonly string[] =>
  all.flatMap(({ ending, ends, seconds }) =>
    places.flatMap((place) => {
      const hasToEnd = ends.some((app) => place.startsWith(app));
      return hasToEnd === (seconds[place] !== undefined) ? [] : [`${ending}: ${place}`];
    }),
  );
