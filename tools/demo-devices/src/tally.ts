import type { Answer, Look } from './device.ts';

export interface Tally {
  add(look: Look): void;
  /** Returns bars of reads and bytes by kind of answer, and the bytes of complete views. */
  chart(): string;
}

const answers: Readonly<Record<Answer, string>> = {
  '304': '304 not modified',
  '226': '226 patch',
  '200': '200 full view',
  lost: 'answer lost',
  none: 'no network',
};
const barWidth = 40;

export function createTally(): Tally {
  const sums = new Map<Answer, { looks: number; bytes: number }>();
  let fullBytes = 0;

  return {
    add({ answer, bytes, saved }) {
      const sum = sums.get(answer) ?? { looks: 0, bytes: 0 };
      sums.set(answer, { looks: sum.looks + 1, bytes: sum.bytes + bytes });
      fullBytes += bytes + saved;
    },
    chart() {
      const rows = Object.entries(answers).map(([answer, title]) => ({
        title,
        ...(sums.get(answer as Answer) ?? { looks: 0, bytes: 0 }),
      }));
      const sent = rows.reduce((sum, { bytes }) => sum + bytes, 0);
      const most = Math.max(1, fullBytes, sent);
      const line = (title: string, looks: string, bytes: number): string =>
        `${title.padEnd(18)}${looks.padStart(6)}${grouped(bytes).padStart(12)}  ${'█'.repeat(Math.round((barWidth * bytes) / most))}`;
      const saved = fullBytes === 0 ? 0 : (100 * (fullBytes - sent)) / fullBytes;
      return [
        `${''.padEnd(18)}${'reads'.padStart(6)}${'bytes'.padStart(12)}`,
        ...rows.map(({ title, looks, bytes }) => line(title, String(looks), bytes)),
        line('together', '', sent),
        line('without sync', '', fullBytes),
        `saved: ${saved.toFixed(0)} % of the bytes of bodies, uncoded, lost ones included`,
      ].join('\n');
    },
  };
}

/** Returns `12,345` in every locale. */
export const grouped = (value: number): string => value.toLocaleString('en-US');
