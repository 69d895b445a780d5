import { SourceMap, type SourceMapPayload } from 'node:module';
import { stageOf } from './stages.ts';

/** Format of the CPU profile that V8 writes with `--cpu-prof`. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
    readonly children?: readonly number[];
  }[];
  readonly endTime: number;
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Node of a flame graph: a function at one call path, with its callees. Times in microseconds. */
export interface FlameNode {
  readonly name: string;
  readonly stage: string;
  total: number;
  readonly children: Map<string, FlameNode>;
}

export interface Breakdown {
  /** Microseconds per stage, in descending order. */
  readonly stages: readonly (readonly [stage: string, micros: number])[];
  readonly flame: FlameNode;
}

/** Returns the source file relative to the repository, or the name of the package or Node module. */
const shortened = (source: string): string =>
  source
    .replace(/^.*node_modules\//, '')
    .replace(/^.*?((?:libs|apps)\/)/, '$1')
    .replace(/^(?:\.\.\/)+src\//, 'apps/web-bff/src/');

/**
 * Attributes the time of a profiled bundle to stages. Each sample counts for the innermost frame that belongs
 * to a stage; idle time is excluded.
 *
 * @param mapJson source map of the bundle
 * @param lastMicros length of the evaluated period at the end, which excludes start and warm-up
 */
export function breakDown(cpuProfile: CpuProfile, mapJson: string, lastMicros: number): Breakdown {
  const map = new SourceMap(JSON.parse(mapJson) as SourceMapPayload);
  const nodes = new Map(cpuProfile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    cpuProfile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const nameOf = (id: number): string => {
    const { functionName, url, lineNumber, columnNumber } = nodes.get(id)?.callFrame ?? {
      functionName: '',
      url: '',
      lineNumber: 0,
      columnNumber: 0,
    };
    const found = url.startsWith('file:') ? map.findEntry(lineNumber, columnNumber) : {};
    const source = 'originalSource' in found ? shortened(String(found.originalSource)) : url;
    return `${functionName || '(anonymous)'} ${source}`.trim();
  };
  const names = new Map(cpuProfile.nodes.map(({ id }) => [id, nameOf(id)]));
  const pathOf = (id: number): string[] => {
    const path: string[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at))
      path.push(names.get(at) ?? '');
    return path.slice(0, -1);
  };
  const paths = new Map(cpuProfile.nodes.map(({ id }) => [id, pathOf(id)]));

  const stages = new Map<string, number>();
  const flame: FlameNode = { name: 'web-bff', stage: '', total: 0, children: new Map() };
  let time = cpuProfile.startTime;
  cpuProfile.samples.forEach((id, index) => {
    const micros = cpuProfile.timeDeltas[index] ?? 0;
    time += micros;
    const path = paths.get(id) ?? [];
    if (time < cpuProfile.endTime - lastMicros || path[0] === '(idle)') return;
    const stage = stageOf(path);
    stages.set(stage, (stages.get(stage) ?? 0) + micros);
    flame.total += micros;
    let under = flame;
    for (const [depth, name] of path.toReversed().entries()) {
      let child = under.children.get(name);
      if (!child) {
        child = { name, stage: stageOf(path.slice(path.length - 1 - depth)), total: 0, children: new Map() };
        under.children.set(name, child);
      }
      child.total += micros;
      under = child;
    }
  });
  return { stages: [...stages].sort(([, one], [, other]) => other - one), flame };
}
