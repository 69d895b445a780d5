import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { BreakerSettings } from '../../src/index.ts';
import {
  CircuitBreaker,
  type Admission,
  type BreakerState,
  type Verdict,
} from '../../src/resilience/circuit-breaker.ts';

const settings: BreakerSettings = {
  consecutiveFailures: 1_000,
  volumeThreshold: 10,
  errorRate: 0.5,
  windowMs: 10_000,
  openMs: 1_000,
  maxOpenMs: 5_000,
  probes: 2,
  successesToClose: 3,
};
const quick = { consecutiveFailures: 1, volumeThreshold: 1_000 };

function breakerWith(changes: Partial<BreakerSettings> = {}) {
  let now = 0;
  const transitions: BreakerState[] = [];
  const breaker = new CircuitBreaker(
    'thing.read',
    { ...settings, ...changes },
    { clock: () => now, onTransition: (to) => transitions.push(to) },
  );
  return {
    breaker,
    transitions,
    pass: (ms: number) => void (now += ms),
    call: (...verdicts: Verdict[]) => {
      for (const verdict of verdicts) {
        const admission = breaker.admit();
        if (admission) breaker.report(admission, verdict);
      }
    },
    admit: (): Admission => {
      const admission = breaker.admit();
      if (!admission) throw new Error('not admitted');
      return admission;
    },
  };
}

const times = (count: number, ...verdicts: Verdict[]): Verdict[] =>
  Array.from({ length: count }, () => verdicts).flat();

describe('A4 closed', () => {
  test('A4 with fewer calls than `volumeThreshold` the breaker stays closed, whatever the error rate', () => {
    const { breaker, call } = breakerWith();
    call(...times(9, 'failure'));
    expect(breaker.state).toBe('closed');
  });

  test('A4 with at least `volumeThreshold` calls the breaker stays closed while the error rate is not above `errorRate`', () => {
    const { breaker, call } = breakerWith();
    call(...times(50, 'success', 'failure'));
    expect(breaker.state).toBe('closed');
  });

  test('A4 the breaker opens with the first failure that raises the error rate above `errorRate`', () => {
    const { breaker, call, transitions } = breakerWith();
    call(...times(5, 'success'), ...times(5, 'failure'));
    expect(breaker.state).toBe('closed');
    call('failure');
    expect(breaker.state).toBe('open');
    expect(breaker.admit()).toBeUndefined();
    expect(transitions).toEqual(['open']);
  });

  test('A4 the breaker opens after N failures in a row, and not after N failures with a success between them', () => {
    const { breaker, call } = breakerWith({ consecutiveFailures: 3, volumeThreshold: 1_000 });
    call('failure', 'failure', 'success', 'failure', 'failure');
    expect(breaker.state).toBe('closed');
    call('failure');
    expect(breaker.state).toBe('open');
  });

  test('A4 a failure that exceeds both the error rate and the consecutive failures opens the breaker once', () => {
    const { call, transitions } = breakerWith({ consecutiveFailures: 1, volumeThreshold: 1 });
    call('failure');
    expect(transitions).toEqual(['open']);
  });

  test('A4 failures that are older than the window do not count towards the error rate', () => {
    const { breaker, call, pass } = breakerWith();
    call(...times(9, 'failure'));
    pass(10_000);
    call(...times(9, 'failure'));
    expect(breaker.state).toBe('closed');
    pass(5_000);
    call('failure');
    expect(breaker.state).toBe('open');
  });

  test('A4 after a pause that is longer than the window, failures from before the pause do not count towards the error rate', () => {
    const { breaker, call, pass } = breakerWith();
    call(...times(9, 'failure'));
    pass(3_600_000);
    call(...times(9, 'failure'));
    expect(breaker.state).toBe('closed');
  });
});

describe('A4 open', () => {
  test('A4 an open breaker admits no call until its wait has elapsed, and reports the remaining wait', () => {
    const { breaker, call, pass } = breakerWith(quick);
    expect(breaker.retryAfterMs).toBe(0);
    call('failure');
    expect(breaker.retryAfterMs).toBe(1_000);
    pass(999.5);
    expect([breaker.state, breaker.retryAfterMs, breaker.admit()]).toEqual(['open', 1, undefined]);
    pass(0.5);
    expect([breaker.state, breaker.retryAfterMs]).toEqual(['half-open', 0]);
    expect(breaker.admit()).toBeDefined();
  });

  test('A4 each opening of the breaker doubles the wait up to the maximum, and closing resets the wait', () => {
    const { breaker, call, pass } = breakerWith(quick);
    const waits: number[] = [];
    const fail = () => {
      call('failure');
      waits.push(breaker.retryAfterMs);
      pass(breaker.retryAfterMs);
    };
    for (let i = 0; i < 5; i++) fail();
    call('success', 'success', 'success');
    fail();
    expect(waits).toEqual([1_000, 2_000, 4_000, 5_000, 5_000, 1_000]);
  });
});

describe('A4 half-open', () => {
  const halfOpen = (changes: Partial<BreakerSettings> = {}) => {
    const world = breakerWith({ ...quick, ...changes });
    world.call('failure');
    world.pass(1_000);
    return world;
  };

  test('A4 a half-open breaker admits k probes at a time and no other call', () => {
    const { breaker, admit } = halfOpen();
    const first = admit();
    admit();
    expect(breaker.admit()).toBeUndefined();
    expect(breaker.state).toBe('half-open');
    breaker.report(first, 'success');
    admit();
    expect(breaker.admit()).toBeUndefined();
  });

  test('A4 a half-open breaker closes after m successes and not before', () => {
    const { breaker, call, transitions } = halfOpen();
    call('success', 'success');
    expect(breaker.state).toBe('half-open');
    call('success');
    expect(breaker.state).toBe('closed');
    expect(transitions).toEqual(['open', 'half-open', 'closed']);
  });

  test('A4 one failed probe reopens the breaker, and earlier successes do not count afterwards', () => {
    const { breaker, call, pass, transitions } = halfOpen();
    call('success', 'success', 'failure');
    expect(breaker.state).toBe('open');
    pass(2_000);
    call('success', 'success');
    expect(breaker.state).toBe('half-open');
    expect(transitions).toEqual(['open', 'half-open', 'open', 'half-open']);
  });

  test('A4 a probe of a half-open breaker that ends without a verdict releases its slot and does not change the state', () => {
    const { breaker, call } = halfOpen();
    call(...times(20, 'none'));
    expect(breaker.state).toBe('half-open');
    call('success', 'none', 'success', 'success');
    expect(breaker.state).toBe('closed');
  });

  test('A4 when a probe of a half-open breaker gets no verdict in time, its slot is released and its late verdict is ignored', () => {
    const { breaker, admit, pass, call } = halfOpen();
    const stuck = [admit(), admit()];
    pass(999);
    expect(breaker.admit()).toBeUndefined();
    pass(1);
    breaker.report(admit(), 'success');
    for (const probe of stuck) breaker.report(probe, 'success');
    for (const probe of stuck) breaker.report(probe, 'failure');
    expect(breaker.state).toBe('half-open');
    call('success', 'success');
    expect(breaker.state).toBe('closed');
  });

  test('A4 a probe that fails after another probe reopened the breaker changes neither the state nor the wait', () => {
    const { breaker, admit } = halfOpen();
    const [first, second] = [admit(), admit()];
    breaker.report(first, 'failure');
    expect(breaker.retryAfterMs).toBe(2_000);
    breaker.report(second, 'failure');
    expect(breaker.retryAfterMs).toBe(2_000);
    breaker.report(second, 'success');
    expect(breaker.state).toBe('open');
  });
});

describe('where this breaker differs from opossum', () => {
  test('A4 trap: the first failure of a new breaker does not open the breaker (in opossum the volume threshold defaults to 0)', () => {
    const { breaker, call } = breakerWith();
    call('failure');
    expect(breaker.state).toBe('closed');
  });

  test('A4 trap: the first success of a half-open breaker does not close the breaker', () => {
    const { breaker, call, pass } = breakerWith(quick);
    call('failure');
    pass(1_000);
    call('success');
    expect(breaker.state).toBe('half-open');
  });

  test('A4 trap: a half-open breaker admits k probes, not exactly one', () => {
    const { breaker, call, pass, admit } = breakerWith({ ...quick, probes: 5 });
    call('failure');
    pass(1_000);
    expect(times(5, 'none').map(admit)).toHaveLength(5);
    expect(breaker.admit()).toBeUndefined();
  });

  test('A4 trap: a filtered error (4xx) is not a success and does not close the breaker', () => {
    const { breaker, call, pass } = breakerWith({ ...quick, successesToClose: 1 });
    call('failure');
    pass(1_000);
    call('none');
    expect(breaker.state).toBe('half-open');
  });

  test('A4 trap: a filtered error (4xx) does not lower the error rate', () => {
    const { breaker, call } = breakerWith();
    call(...times(100, 'none'), ...times(4, 'success'), ...times(6, 'failure'));
    expect(breaker.state).toBe('open');
  });

  test('A4 trap: calls that were not admitted do not lower the error rate afterwards', () => {
    const { breaker, call, pass } = breakerWith({ successesToClose: 1 });
    call(...times(10, 'failure'));
    for (let i = 0; i < 1_000; i++) breaker.admit();
    pass(1_000);
    call('success');
    expect(breaker.state).toBe('closed');
    call(...times(4, 'success'), ...times(6, 'failure'));
    expect(breaker.state).toBe('open');
  });

  test.each<BreakerState>(['open', 'half-open', 'closed'])(
    'A4 trap: a late success of a call that started before the breaker opened is ignored while the breaker is %s',
    (state) => {
      const { breaker, admit, call, pass } = breakerWith({ ...quick, successesToClose: 2 });
      const late = [admit(), admit(), admit()];
      call('failure');
      if (state !== 'open') pass(1_000);
      if (state === 'half-open') admit();
      if (state === 'closed') call('success', 'success');
      for (const each of late) breaker.report(each, 'success');
      expect(breaker.state).toBe(state);
    },
  );

  test('A4 trap: a late failure of a call that started before the breaker opened does not reopen the closed breaker', () => {
    const { breaker, admit, call, pass } = breakerWith({ ...quick, successesToClose: 1 });
    const late = admit();
    call('failure');
    pass(1_000);
    call('success');
    breaker.report(late, 'failure');
    expect(breaker.state).toBe('closed');
  });

  test('A4 trap: failures from before a breaker opened do not count towards the error rate after the breaker closed', () => {
    const { breaker, call, pass } = breakerWith({ successesToClose: 1 });
    call(...times(10, 'failure'));
    pass(1_000);
    call('success', 'failure');
    expect(breaker.state).toBe('closed');
  });

  test('A4 trap: failures from before a breaker opened do not count as consecutive failures after the breaker closed', () => {
    const { breaker, call, pass } = breakerWith({
      consecutiveFailures: 2,
      volumeThreshold: 1_000,
      successesToClose: 1,
    });
    call('failure', 'failure');
    pass(1_000);
    call('success', 'failure');
    expect(breaker.state).toBe('closed');
  });

  test('A4 trap: a breaker has no interval and no timer that keeps the process alive', () => {
    const script = `
      let intervals = 0;
      const { setInterval } = globalThis;
      globalThis.setInterval = (...args) => (intervals++, setInterval(...args));
      const { CircuitBreaker } = await import('${new URL('../../src/resilience/circuit-breaker.ts', import.meta.url)}');
      const settings = ${JSON.stringify({ ...settings, consecutiveFailures: 1 })};
      const all = Array.from({ length: 100 }, () => new CircuitBreaker('x', settings));
      for (const breaker of all) breaker.report(breaker.admit(), 'failure');
      const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
      process.stdout.write([intervals, timers, all.every((breaker) => breaker.state === 'open')].join());
    `;
    const options = { timeout: 10_000, env: { ...process.env, NODE_OPTIONS: '' }, encoding: 'utf8' } as const;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], options);
    expect(output).toBe('0,0,true');
  });
});

describe('settings', () => {
  test.each<[Partial<Record<keyof BreakerSettings, unknown>>, string]>([
    [{ consecutiveFailures: 0 }, 'consecutiveFailures'],
    [{ volumeThreshold: 0 }, 'volumeThreshold'],
    [{ volumeThreshold: 2.5 }, 'volumeThreshold'],
    [{ errorRate: 50 }, 'errorRate'],
    [{ errorRate: Number.NaN }, 'errorRate'],
    [{ windowMs: 9 }, 'windowMs'],
    [{ openMs: -1 }, 'openMs'],
    [{ openMs: '1000' }, 'openMs'],
    [{ maxOpenMs: 999 }, 'maxOpenMs: must not be below openMs'],
    [{ probes: undefined }, 'probes'],
    [{ successesToClose: 0 }, 'successesToClose'],
    [{ resetTimeout: 1 } as object, 'resetTimeout'],
  ])('the invalid breaker setting %j is refused with an error that names the setting', (changes, message) => {
    expect(() => breakerWith(changes as Partial<BreakerSettings>)).toThrow(TypeError);
    expect(() => breakerWith(changes as Partial<BreakerSettings>)).toThrow(message);
  });

  test('all invalid breaker settings are named in one error', () => {
    expect(() => breakerWith({ probes: 0, openMs: 0 })).toThrow(
      /^circuit breaker thing\.read: .*openMs.*; .*probes/,
    );
  });
});
