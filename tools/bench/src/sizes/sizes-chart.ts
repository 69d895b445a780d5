import { grouped } from '../report/numbers.ts';
import type { SizesReport } from './report.ts';
import { answerTo } from './sizes-tables.ts';

type Screen = SizesReport['screens'][number];

const series: readonly { readonly name: string; readonly of: (figures: Screen) => number }[] = [
  { name: 'upstream', of: ({ upstream }) => upstream.bytes },
  { name: '200', of: (figures) => answerTo(figures, 'identity')?.bodyBytes ?? 0 },
  { name: 'fields=', of: (figures) => answerTo(figures, 'fields')?.bodyBytes ?? 0 },
  { name: 'gzip', of: (figures) => answerTo(figures, 'gzip')?.bodyBytes ?? 0 },
  { name: 'zstd', of: (figures) => answerTo(figures, 'zstd')?.bodyBytes ?? 0 },
  { name: 'br', of: (figures) => answerTo(figures, 'br')?.bodyBytes ?? 0 },
];

const width = 960;
const plot = { left: 60, right: 12, height: 150, gap: 58, top: 62 } as const;
const barWidth = 18;

/**
 * The first colour marks bytes that services send without a BFF; the codings are shades of one colour. The
 * contrast is at least 3:1 on a light and a dark background.
 */
const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 14px; }
  .value { fill: #59636e; font-size: 11px; }
  .grid { stroke: #d1d9e0; }
  .ground { fill: #ffffff; }
  .s0 { fill: #818b98; } .s1 { fill: #0969da; } .s2 { fill: #1a7f37; }
  .s3 { fill: #bc4c00; } .s4 { fill: #953800; } .s5 { fill: #5c2200; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .value { fill: #9198a1; } .grid { stroke: #3d444d; } .ground { fill: #0d1117; }
    .s0 { fill: #9198a1; } .s1 { fill: #4493f8; } .s2 { fill: #3fb950; }
    .s3 { fill: #db6d28; } .s4 { fill: #f0883e; } .s5 { fill: #ffc680; }
  }`;

/**
 * Returns an SVG with one panel per client, one group per screen and one bar per variant; all panels share a
 * scale.
 */
export function sizesChart({ user, screens }: SizesReport): string {
  const panels = [...Map.groupBy(screens, ({ client }) => client)];
  const most = Math.max(...screens.flatMap((figures) => series.map(({ of }) => of(figures))));
  const step = niceStep(most / 3);
  const top = Math.ceil(most / step) * step;
  const height = plot.top + panels.length * (plot.height + plot.gap);
  const title = `Bytes of every screen of ${user}, by client and coding`;
  const legend = series.map(
    ({ name }, at) =>
      `<rect class="s${at}" x="${plot.left + at * 100}" y="36" width="12" height="12"/>` +
      `<text x="${plot.left + at * 100 + 18}" y="46">${escaped(name)}</text>`,
  );

  function panel([client, those]: (typeof panels)[number], index: number): string[] {
    const base = plot.top + index * (plot.height + plot.gap) + plot.gap / 2 + plot.height;
    const y = (bytes: number): number => base - Math.round((plot.height * bytes) / top);
    const lines = Array.from({ length: top / step + 1 }, (_, at) => at * step).map(
      (bytes) =>
        `<line class="grid" x1="${plot.left}" x2="${width - plot.right}" y1="${y(bytes)}" y2="${y(bytes)}"/>` +
        `<text class="value" x="${plot.left - 8}" y="${y(bytes) + 4}" text-anchor="end">${grouped(bytes)}</text>`,
    );
    const room = (width - plot.left - plot.right) / those.length;
    const groups = those.flatMap((figures, group) => {
      const middle = Math.round(plot.left + room * (group + 0.5));
      const start = middle - (series.length * barWidth) / 2;
      const bars = series.map(({ name, of }, at) => {
        const bytes = of(figures);
        const said = escaped(`${client}, ${figures.screen}, ${name}: ${grouped(bytes)} bytes`);
        return `<rect class="s${at}" x="${start + at * barWidth}" y="${y(bytes)}" width="${barWidth - 2}" height="${base - y(bytes)}"><title>${said}</title></rect>`;
      });
      return [
        ...bars,
        `<text x="${middle}" y="${base + 16}" text-anchor="middle">${escaped(figures.screen)}</text>`,
      ];
    });
    return [
      `<text class="title" x="${plot.left}" y="${base - plot.height - 10}">${escaped(client)}</text>`,
      ...lines,
      ...groups,
    ];
  }

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="${plot.left}" y="22">${escaped(title)}</text>`,
    ...legend,
    ...panels.flatMap(panel),
    '</svg>\n',
  ].join('\n');
}

/** Returns the smallest of 1, 2 or 5 times a power of ten that is at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? '');
