import type { Look, Writes } from './device.ts';
import { grouped } from './tally.ts';

/** Shows each result: on a terminal in a table that is redrawn in place, otherwise as a new line. */
export interface Display {
  show(look: Look, writes: Writes): void;
}

/** The part of an output stream that the display uses. */
export interface Screenful {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const columns = [
  ['device', 8],
  ['network', 9],
  ['screen', 14],
  ['answer', 8],
  ['bytes', 8],
  ['saved', 8],
  ['ms', 6],
  ['writes', 24],
] as const;
const logged = 10;
const up = (lines: number): string => (lines > 0 ? `\u001b[${lines}A` : '');
const clearDown = '\u001b[0J';

const header = columns
  .map(([title, width]) => title.padEnd(width))
  .join('')
  .trimEnd();

function rowOf({ device, weather, screen, answer, bytes, saved, ms, remark }: Look, writes: Writes): string {
  const { applied, conflicts, waiting } = writes;
  const cells = [
    device,
    weather,
    screen,
    answer,
    grouped(bytes),
    grouped(saved),
    ms.toFixed(0),
    `${applied} done, ${waiting} wait, ${conflicts} met`,
  ];
  return [...cells.map((cell, at) => cell.padEnd(columns[at]?.[1] ?? 0)), remark].join('').trimEnd();
}

export function createDisplay(out: Screenful): Display {
  const latest = new Map<string, string>();
  const log: string[] = [];
  let drawn = 0;

  function redraw(): void {
    const lines = [header, ...latest.values(), '', ...log];
    out.write(`${up(drawn)}${clearDown}${lines.join('\n')}\n`);
    drawn = lines.length;
  }

  if (!out.isTTY) out.write(`${header}\n`);
  return {
    show(look, writes) {
      const row = rowOf(look, writes);
      if (!out.isTTY) return void out.write(`${row}\n`);
      latest.set(look.device, row);
      log.push(row);
      if (log.length > logged) log.shift();
      redraw();
    },
  };
}
