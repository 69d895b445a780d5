import type { FlameNode } from './cpu-profile.ts';
import { stageNames } from './stages.ts';

const width = 1_200;
const rowHeight = 16;
const deepest = 40;
/** Share of the total time below which a frame is not drawn. */
const least = 0.003;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? '');

/** Returns an SVG with callers above callees, as wide as their share of the time and coloured by stage. */
export function flameChart(root: FlameNode): string {
  let rows = 0;
  const hue = (stage: string): number => (360 * (stageNames.indexOf(stage) + 1)) / (stageNames.length + 1);
  const frames: string[] = [];
  const draw = (node: FlameNode, x: number, depth: number): void => {
    const share = node.total / root.total;
    if (share < least || depth > deepest) return;
    rows = Math.max(rows, depth + 1);
    const frameWidth = share * width;
    const said = escaped(`${node.name}: ${(share * 100).toFixed(1)} %${node.stage && `, ${node.stage}`}`);
    const letters = Math.floor(frameWidth / 6.2);
    const text =
      letters < 4
        ? ''
        : `<text x="${(x + 3).toFixed(1)}" y="${depth * rowHeight + 12}">${escaped(node.name.slice(0, letters))}</text>`;
    frames.push(
      `<g><title>${said}</title><rect x="${x.toFixed(1)}" y="${depth * rowHeight}" width="${frameWidth.toFixed(1)}" ` +
        `height="${rowHeight - 1}" fill="hsl(${hue(node.stage).toFixed(0)} 70% 78%)"/>${text}</g>`,
    );
    let left = x;
    for (const child of [...node.children.values()].sort((one, other) => other.total - one.total)) {
      draw(child, left, depth + 1);
      left += (child.total / root.total) * width;
    }
  };
  draw(root, 0, 0);
  const height = rows * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>Where the time of a cold screen goes</title>',
    '<style>text { font: 10px ui-monospace, monospace; fill: #1f2328; }</style>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...frames,
    '</svg>\n',
  ].join('\n');
}
