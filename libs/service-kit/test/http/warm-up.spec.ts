import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { warmUp, type Logger, type Rehearsal, type WarmUpStep } from '../../src/index.ts';

/** A logger that stores its lines. */
function recording() {
  const lines: { level: string; fields: Record<string, unknown>; text: string }[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, text: string) =>
    void lines.push({ level, fields, text });
  return { lines, log: { info: at('info'), warn: at('warn') } as unknown as Logger };
}

const rehearsal = (
  steps: readonly WarmUpStep[],
  listener: RequestListener = (_, response) => void response.end('ok'),
) => {
  const closed = { times: 0 };
  const prepare = (): Rehearsal => ({ app: {}, listener, steps, close: async () => void closed.times++ });
  return { prepare, closed };
};

const get = (name: string, path = '/'): WarmUpStep => ({
  name,
  async run(send) {
    expect((await send({ path })).status).toBe(200);
  },
});

test('A9 the warm-up repeats its steps until requests take no less CPU, and then closes both rehearsals', async () => {
  const { log, lines } = recording();
  const seen: string[] = [];
  const { prepare, closed } = rehearsal([get('one', '/1'), get('two', '/2')], ({ url = '' }, response) => {
    seen.push(url);
    response.end();
  });
  await warmUp({ log, limitMs: 60_000, prepare });
  expect(seen.slice(0, 4)).toEqual(['/1', '/2', '/1', '/2']);
  expect(seen.length).toBeGreaterThanOrEqual(20);
  expect(lines).toEqual([
    { level: 'info', text: 'warm-up done', fields: expect.objectContaining({ rounds: seen.length / 2 }) },
  ]);
  expect(closed.times).toBe(2);
});

test('A9 the warm-up logs the name of a step that throws, skips the step and continues with the others', async () => {
  const { log, lines } = recording();
  let times = 0;
  const broken: WarmUpStep = {
    name: 'broken',
    run: async () => {
      times++;
      throw new Error('no such screen');
    },
  };
  await warmUp({ log, limitMs: 60_000, ...rehearsal([broken, get('one')]) });
  expect(times).toBe(1);
  expect(lines.map(({ level, fields: { step } }) => [level, step])).toEqual([
    ['warn', 'broken'],
    ['info', undefined],
  ]);
});

test('A9 the warm-up skips a step that exceeds its time limit, and closes the connection of the step', async () => {
  const { log, lines } = recording();
  const { prepare } = rehearsal([get('hangs', '/hangs'), get('one')], ({ url }, response) => {
    if (url !== '/hangs') response.end();
  });
  await warmUp({ log, limitMs: 60_000, stepMs: 20, prepare });
  expect(lines.map(({ level, fields: { step } }) => [level, step])).toEqual([
    ['warn', 'hangs'],
    ['info', undefined],
  ]);
});

test('A9 the warm-up ends when its total time is used up, even if a step hangs', async () => {
  const { log, lines } = recording();
  await warmUp({ log, limitMs: 30, ...rehearsal([get('hangs')], () => undefined) });
  expect(lines.map(({ level, text }) => [level, text])).toEqual([['info', 'warm-up done']]);
});

test('A9 the warm-up times only complete rounds: neither one in which a step throws, nor one during which the time runs out', async () => {
  const { log, lines } = recording();
  const broken: WarmUpStep = { name: 'broken', run: () => Promise.reject(new Error('no such screen')) };
  const slow: WarmUpStep = {
    name: 'slow',
    run: async () => {
      for (const before = process.threadCpuUsage(); process.threadCpuUsage(before).user < 150_000;);
    },
  };
  // The first round has a step that throws, and the time runs out during the second.
  await warmUp({ log, limitMs: 200, ...rehearsal([broken, slow, get('one')]) });
  expect(lines.map(({ level, fields: { rounds } }) => [level, rounds])).toEqual([
    ['warn', undefined],
    ['info', 0],
  ]);
});

test.each([
  ['throws', () => Promise.reject(new Error('no world'))],
  ['never ends', () => new Promise<Rehearsal>(() => undefined)],
])(
  'A9 when the preparation of the warm-up %s, this is logged and the start continues',
  async (_, prepare) => {
    const { log, lines } = recording();
    await warmUp({ log, limitMs: 30, prepare });
    expect(lines.map(({ level, text }) => [level, text])).toEqual([
      ['warn', 'warm-up failed: starting without it'],
    ]);
  },
);

test('A9 when the second rehearsal cannot be prepared, the first one is closed and the start continues', async () => {
  const { log, lines } = recording();
  const { prepare, closed } = rehearsal([get('one')]);
  let times = 0;
  await warmUp({
    log,
    limitMs: 60_000,
    prepare() {
      if (++times > 1) throw new Error('no second world');
      return prepare();
    },
  });
  expect(lines.map(({ text }) => text)).toEqual(['warm-up failed: starting without it']);
  expect(closed.times).toBe(1);
});

test('A9 a rehearsal that is prepared only after the time of the warm-up is closed, and no other is prepared', async () => {
  const { log } = recording();
  const { prepare, closed } = rehearsal([get('one')]);
  const late = Promise.withResolvers<Rehearsal>();
  let times = 0;
  await warmUp({
    log,
    limitMs: 10,
    prepare() {
      times++;
      return late.promise;
    },
  });
  late.resolve(prepare());
  await until(() => closed.times === 1);
  expect(times).toBe(1);
});

test('A9 the requests and responses of both rehearsals have the prototypes of the app that will serve, on which `app` is the rehearsal until it ends', async () => {
  /** An app as `express()` creates it. */
  function create() {
    const made = {
      request: Object.create(IncomingMessage.prototype) as { app: object },
      response: Object.create(ServerResponse.prototype) as { app: object },
    };
    made.request.app = made.response.app = made;
    return made;
  }
  const app = create();
  const { request, response } = app;
  const rehearsals: { readonly request: object; readonly response: object }[] = [];
  const seen = new Set<unknown>();
  await warmUp({
    ...recording(),
    app,
    limitMs: 60_000,
    prepare() {
      const own = create();
      rehearsals.push(own);
      return {
        app: own,
        steps: [get('one')],
        listener(given, answer) {
          seen.add(Object.getPrototypeOf(given)).add(Object.getPrototypeOf(answer));
          seen.add((given as unknown as { app: object }).app);
          expect((given as unknown as { app: object }).app).toBe(own);
          answer.end();
        },
        close: async () => undefined,
      };
    },
  });
  expect([...seen].every((each) => [request, response, ...rehearsals].includes(each as never))).toBe(true);
  expect(seen.size).toBe(4);
  for (const each of rehearsals) expect(each.request === request && each.response === response).toBe(true);
  expect(request.app === app && response.app === app).toBe(true);
});

test('A9 with a limit of 0 ms, the warm-up prepares nothing and logs nothing', async () => {
  const { log, lines } = recording();
  await warmUp({
    log,
    limitMs: 0,
    prepare: () => {
      throw new Error('not to be called');
    },
  });
  expect(lines).toEqual([]);
});
