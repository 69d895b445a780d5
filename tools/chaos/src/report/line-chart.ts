export interface ChartLine {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const size = { width: 720, height: 320, left: 60, right: 150, top: 30, bottom: 40 };

/** Returns an SVG of lines over a common axis that starts at zero. */
export function lineChart(
  title: string,
  xLabel: string,
  yLabel: string,
  lines: readonly ChartLine[],
): string {
  const all = lines.flatMap(({ points }) => points);
  const [maxX, maxY] = [Math.max(1, ...all.map(([x]) => x)), Math.max(1, ...all.map(([, y]) => y)) * 1.1];
  const x = (value: number): string =>
    (size.left + (value / maxX) * (size.width - size.left - size.right)).toFixed(1);
  const y = (value: number): string =>
    (size.height - size.bottom - (value / maxY) * (size.height - size.top - size.bottom)).toFixed(1);
  const text = (at: string, content: string): string =>
    `<text ${at} font-size="12" fill="#333">${content}</text>`;
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
    `<line x1="${x(0)}" x2="${x(maxX)}" y1="${y(part * maxY)}" y2="${y(part * maxY)}" stroke="#ddd"/>`,
    text(`x="8" y="${y(part * maxY)}"`, (part * maxY).toPrecision(3)),
  ]);
  const drawn = lines.flatMap(({ name, color, points }, index) => [
    `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}"/>`,
    `<text x="${size.width - size.right + 12}" y="${size.top + 18 * (index + 1)}" font-size="12" fill="${color}">${name}</text>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(`x="${size.left}" y="18"`, `${title} (${yLabel})`),
    ...grid,
    text(`x="${size.left}" y="${size.height - 10}"`, `${xLabel}: 0 to ${Math.round(maxX)}`),
    ...drawn,
    '</svg>\n',
  ].join('\n');
}
