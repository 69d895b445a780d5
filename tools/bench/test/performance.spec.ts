import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, spawnNode, succeeds, until } from '@bff/testbed';
import { describe, expect, test } from '@jest/globals';
import { breakDown, type CpuProfile } from '../src/performance/profiling/cpu-profile.ts';
import { flameChart } from '../src/performance/profiling/flame-chart.ts';
import type { CaseFigures } from '../src/performance/measure/measure-group.ts';
import { mergeReports } from '../src/performance/report/merge-reports.ts';
import { performanceChart } from '../src/performance/report/performance-chart.ts';
import { withPerformance } from '../src/performance/report/performance-page.ts';
import type { PerformanceReport } from '../src/performance/report/performance-report.ts';
import { inspectorOption, sampleDuring } from '../src/performance/profiling/inspector.ts';
import { stageTable } from '../src/performance/profiling/stage-table.ts';
import { stageOf } from '../src/performance/profiling/stages.ts';
import { ratios, summarise } from '../src/performance/measure/summarise.ts';
import { evaluateTargets, type Measurements } from '../src/performance/measure/targets.ts';
import { product } from '../src/product.ts';

const figures = (name: string, ...cpu: number[]): CaseFigures => ({
  name,
  server: name,
  readyMs: 200,
  rounds: cpu.map((cpuMicros) => ({ cpuMicros, redisMicros: 1, perSecond: 2, residentMiB: 3 })),
});
const nothing: Measurements = { groups: {}, latency: [], coldStart: [], neighbour: [], overload: [] };
/** Evaluates a target for processes with one round each. */
const kept = (...cpu: number[]) =>
  evaluateTargets({
    ...nothing,
    groups: { peers: cpu.map((each) => [figures('web-bff', each), figures('fastify-usual', 100)]) },
  }).find(({ promise }) => promise === 'web-bff to fastify-usual');

describe('performance targets', () => {
  test('a ratio is computed within each round, so that a slow round affects both sides', () => {
    expect(ratios(figures('a', 100, 900), figures('b', 50, 450))).toEqual([2, 2]);
  });

  test.each([
    ['is met by a ratio below the limit', [90, 95, 99, 80], true],
    ['is met by a ratio above the limit whose interval contains the limit', [95, 99, 120, 130], true],
    ['is missed by a ratio whose whole interval is above the limit', [101, 110, 120, 130], false],
  ])('a target %s', (_, cpu, expected) => {
    expect(kept(...cpu)?.kept).toBe(expected);
  });

  test('targets without figures are not evaluated', () => {
    expect(evaluateTargets(nothing)).toEqual([]);
  });

  test('added latency is relative to the services of the same round', () => {
    const rounds = (...p50: number[]) => p50.map((each) => ({ p50: each, p99: each + 1 }));
    const services = { name: 'services', rounds: rounds(5, 7) };
    const latency = [[services, { name: 'web-bff', rounds: rounds(6, 8) }]];
    const results = evaluateTargets({ ...nothing, latency });
    expect(results.map(({ promise, figure }) => [promise, figure.median])).toEqual([
      ['added latency, p50', 1],
      ['added latency, p99', 1],
    ]);
  });
});

describe('the performance page', () => {
  const report: PerformanceReport = {
    machine: { cpu: 'a CPU', cores: 2, memoryGiB: 4, node: '24.0.0', redis: '7.0.0' },
    effort: { processes: 2, rounds: 2, requests: 1_000, warmUp: 4_000, users: 2_000 },
    groups: [
      summarise({ name: 'peers', meaning: 'a screen' }, [
        [figures('web-bff', 300)],
        [figures('web-bff', 310)],
      ]),
    ],
    latency: [],
    coldStart: [],
    neighbour: [],
    overload: [],
    targets: [],
  };
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/performance.md'), 'utf8');

  test('the performance page has a region for every table, and a second run replaces the regions', () => {
    const once = withPerformance(page, report);
    expect(once).toContain('2 cores of a CPU');
    expect(once).toMatch(/\| web-bff +\| 305 \(300–310\) \|/);
    expect(withPerformance(once, report)).toBe(once);
  });

  test('writing the performance page throws when the page lacks a region', () => {
    expect(() => withPerformance('# A page', report)).toThrow('lacks the marker <!-- bench:machine -->');
  });

  test('a run of some groups replaces their figures and targets, and keeps the others', () => {
    const target = (promise: string, median: number) => ({
      promise,
      figure: { lower: median, median, upper: median },
      limit: 1,
      unit: 'x' as const,
      kept: true,
    });
    const peers = (cpu: number) => summarise({ name: 'peers', meaning: '' }, [[figures('web-bff', cpu)]]);
    const warm = summarise({ name: 'warm', meaning: '' }, [[figures('warm', 200)]]);
    const whole = { ...report, groups: [peers(300), warm], targets: [target('a', 1), target('b', 2)] };
    const partial = { ...report, groups: [peers(250)], targets: [target('b', 3)] };
    expect(mergeReports(whole, partial)).toEqual({
      ...report,
      groups: [peers(250), warm],
      targets: [target('a', 1), target('b', 3)],
    });
    for (const part of [{ processes: 1 }, { warmUp: 1_000 }])
      expect(() => mergeReports(whole, { ...partial, effort: { ...report.effort, ...part } })).toThrow(
        'the effort of this run differs',
      );
    expect(() => mergeReports({ ...whole, groups: [warm] }, partial)).toThrow('has no peers');
  });

  test('the performance chart has one bar per server', () => {
    expect(performanceChart(report).match(/<rect class="(?:ours|peer)"/g)).toHaveLength(1);
  });
});

describe('stages of a CPU profile', () => {
  test.each([
    [
      'the innermost frame that belongs to a stage determines the stage of a sample',
      ['parse zod/core.js', 'read libs/upstream-clients/src/a.ts'],
      'validate answers',
    ],
    [
      'frames of Node count for the stage of their caller',
      ['write node:net', 'send libs/shaping/src/response/sender.ts'],
      'shape, compress, send',
    ],
    [
      'a frame of a package with a similar name does not count for the stage of that package',
      ['f not-undici-x/a.js'],
      'sockets, HTTP, promises',
    ],
    [
      'garbage collection is a stage of its own',
      ['(garbage collector)', 'read libs/tenancy/src/a.ts'],
      'garbage collection',
    ],
    [
      'signing an internal token is a stage of its own',
      ['sign jsonwebtoken/sign.js', 'issue libs/auth-delegation/src/internal-token/internal-tokens.ts'],
      'sign internal tokens',
    ],
    [
      'the verification of a token in Fastify is authentication',
      ['verify fast-jwt/src/verifier.js', 'f @fastify/jwt/jwt.js'],
      'authenticate',
    ],
    [
      'compression of a stored view is synchronization',
      ['deflateRawSync node:zlib', 'encodeBase libs/diff-sync/src/server/base-record.ts'],
      'synchronize',
    ],
    [
      'a frame of node:http below Fastify belongs to the stage of Fastify',
      ['end node:_http_outgoing', 'onSendEnd fastify/lib/reply.js'],
      'shape, compress, send',
    ],
    [
      'calls of the peers to services are calls to services',
      ['request undici/lib/api/api-request.js', 'read tools/bench/src/peers/calls/undici-read.ts'],
      'call services',
    ],
  ])('%s', (_, path, stage) => {
    expect(stageOf(path)).toBe(stage);
  });

  const frame = (id: number, functionName: string, children: number[] = []) => ({
    id,
    callFrame: { functionName, url: '', lineNumber: 0, columnNumber: 0 },
    children,
  });
  const cpuProfile: CpuProfile = {
    nodes: [frame(1, '(root)', [2, 3]), frame(2, '(idle)'), frame(3, 'outer', [4]), frame(4, '<inner>')],
    samples: [4, 2, 3, 4],
    timeDeltas: [100, 300, 200, 400],
  };
  const { stages, flame } = breakDown(cpuProfile, 'web-bff');

  test('the stages of a CPU profile exclude idle time', () => {
    expect(stages).toEqual(new Map([['sockets, HTTP, promises', 700]]));
    expect(flame.total).toBe(700);
  });

  test('a frame of a server without a bundle belongs to the stage of its source file', () => {
    const url = 'file:///somewhere/node_modules/undici/lib/core/request.js';
    const named: CpuProfile = {
      ...cpuProfile,
      nodes: cpuProfile.nodes.map((node) =>
        node.callFrame.functionName.startsWith('(')
          ? node
          : { ...node, callFrame: { ...node.callFrame, url } },
      ),
    };
    expect(breakDown(named, 'node-http').stages).toEqual(new Map([['call services', 700]]));
  });

  test('the stage table has microseconds per request, a column per case, and the most expensive stage first', () => {
    const table = stageTable([
      { title: 'one', requests: 10, stages: new Map([['route', 100], ['screen', 3_000]]) },
      { title: 'other', requests: 100, stages: new Map([['route', 200], ['synchronize', 800]]) },
    ]); // prettier-ignore
    expect(
      table.split('\n').map((row) =>
        row
          .split('|')
          .map((cell) => cell.trim())
          .join('|'),
      ),
    ).toEqual([
      '|stage|one|other|',
      expect.anything(),
      '|screen|300|0|',
      '|route|10|2|',
      '|synchronize|0|8|',
      '|together|310|10|',
    ]);
  });

  test('the inspector of a process samples its CPU for as long as the work runs', async () => {
    const port = await freePort();
    const child = spawnNode(
      [
        inspectorOption(port),
        '--eval',
        'let sum = 0; setInterval(() => { for (let i = 0; i < 1e6; i++) sum += i % 7; }, 1)',
      ],
      {
        stdio: ['ignore', 'ignore', 'ignore'],
      },
    );
    try {
      await until(() => succeeds(fetch(`http://127.0.0.1:${port}/json/list`)));
      const taken = await sampleDuring(port, () => delay(300));
      // V8 may inline the callback of the timer into this function.
      expect(taken.nodes.map(({ callFrame }) => callFrame.functionName)).toContain('listOnTimeout');
      const micros = taken.timeDeltas.reduce((sum, each) => sum + each, 0);
      expect(micros).toBeGreaterThan(250_000);
    } finally {
      child.kill('SIGKILL');
    }
    await expect(sampleDuring(port, () => delay(1))).rejects.toThrow();
  });

  test('a flame chart shows callers above callees and escapes names', () => {
    const svg = flameChart(flame);
    expect(svg.match(/<rect x=/g)).toHaveLength(3);
    expect(svg).toContain('&lt;inner&gt;');
    expect(svg).not.toContain('<inner>');
  });
});

test('the simulated services answer every call of the composed screen, and no other path', () => {
  const { sources, pathOf } = product.composed;
  const answerTo = product.sampleAnswers({ listItems: 5, itemParts: 1 }, () => 0);
  const answers = sources.map(
    (source) => typeof JSON.parse(answerTo(pathOf(source, 'a').replace(/\?.*/, ''), 5) ?? '""'),
  );
  expect(answers).toEqual(sources.map(() => 'object'));
  expect(answerTo('/api/v1/unknown', 5)).toBeUndefined();
});
