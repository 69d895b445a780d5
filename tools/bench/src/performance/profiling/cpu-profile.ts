import { SourceMap, type SourceMapPayload } from 'node:module';
import { stageOf } from './stages.ts';

/** Format of a CPU profile of V8. */
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
  /** Microseconds per stage. */
  readonly stages: ReadonlyMap<string, number>;
  readonly flame: FlameNode;
}

/** Returns the source file relative to the repository, or the name of the package or Node module. */
const shortened = (source: string, app: string): string =>
  source
    .replace(/^.*node_modules\//, '')
    .replace(/^.*?((?:libs|apps|tools)\/)/, '$1')
    .replace(/^(?:\.\.\/)+src\//, `apps/${app}/src/`);

/**
 * Attributes the time of a profiled server to stages. Each sample counts for the innermost frame that belongs
 * to a stage; idle time is excluded.
 *
 * @param mapJson source map of the bundle; none for a server that runs its sources
 */
export function breakDown(cpuProfile: CpuProfile, server: string, mapJson?: string): Breakdown {
  const map = mapJson === undefined ? undefined : new SourceMap(JSON.parse(mapJson) as SourceMapPayload);
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
    const found = (url.startsWith('file:') && map?.findEntry(lineNumber, columnNumber)) || {};
    const source = shortened('originalSource' in found ? String(found.originalSource) : url, server);
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
  const flame: FlameNode = { name: server, stage: '', total: 0, children: new Map() };
  cpuProfile.samples.forEach((id, index) => {
    const micros = cpuProfile.timeDeltas[index] ?? 0;
    const path = paths.get(id) ?? [];
    if (path[0] === '(idle)') return;
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
  return { stages, flame };
}
