import { grouped } from '../../report/numbers.ts';
import { product } from '../../product.ts';
import type { CaseSummary, PerformanceReport } from './performance-report.ts';

const width = 960;
const row = 26;
const left = 200;
const right = 110;
const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 14px; }
  .ground { fill: #ffffff; } .peer { fill: #818b98; } .ours { fill: #0969da; } .spread { stroke: #1f2328; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .ground { fill: #0d1117; } .peer { fill: #9198a1; } .ours { fill: #4493f8; }
    .spread { stroke: #f0f6fc; }
  }`;

/**
 * Returns an SVG of the CPU time of an uncached screen: one bar with its 95 % interval per server,
 * in ascending order.
 */
export function performanceChart({ groups }: PerformanceReport): string {
  const cases = (groups.find(({ name }) => name === 'peers')?.cases ?? []).toSorted(
    (a, b) => a.cpuMicros.median - b.cpuMicros.median,
  );
  const most = Math.max(1, ...cases.map(({ cpuMicros }) => cpuMicros.upper));
  const x = (micros: number): number => left + Math.round(((width - left - right) * micros) / most);
  const title = `Server CPU time of one screen of ${product.composed.sources.length} calls, microseconds`;
  const bar = ({ name, server, cpuMicros: { lower, median, upper } }: CaseSummary, at: number): string => {
    const y = 40 + at * row;
    const middle = y + (row - 8) / 2;
    return (
      `<text x="${left - 8}" y="${middle + 4}" text-anchor="end">${name}</text>` +
      `<rect class="${server === 'web-bff' ? 'ours' : 'peer'}" x="${left}" y="${y}" width="${x(median) - left}" height="${row - 8}"/>` +
      `<line class="spread" x1="${x(lower)}" x2="${x(upper)}" y1="${middle}" y2="${middle}"/>` +
      `<text x="${x(upper) + 8}" y="${middle + 4}">${grouped(median)}</text>`
    );
  };
  const height = 40 + cases.length * row + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${title}</title>`,
    `<style>${style}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="12" y="24">${title}</text>`,
    ...cases.map(bar),
    '</svg>\n',
  ].join('\n');
}
