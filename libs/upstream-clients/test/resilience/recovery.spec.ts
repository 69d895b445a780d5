import { describe, expect, test } from '@jest/globals';
import { CircuitBreaker } from '../../src/resilience/circuit-breaker.ts';
import { breakerSettings } from '../../src/resilience/breaker-settings.ts';

interface Fault {
  readonly lastsMs: number;
  /** Duration of a failing call. */
  readonly failsAfterMs: number;
  readonly callEveryMs: number;
}

/** Simulates in virtual time one caller of one upstream that fails for a while. */
function simulate({ lastsMs, failsAfterMs, callEveryMs }: Fault, settings = breakerSettings()) {
  let now = 0;
  const breaker = new CircuitBreaker('x', settings, { clock: () => now, probeMs: 2_000 });
  const pending: { at: number; verdict: 'success' | 'failure'; admission: { since: number } }[] = [];
  let callsWhileSick = 0;
  let openedAt: number | undefined;
  for (; now < lastsMs + 200_000; now += 10) {
    for (const each of pending.filter(({ at }) => at <= now)) {
      breaker.report(each.admission, each.verdict);
      pending.splice(pending.indexOf(each), 1);
    }
    if (breaker.state === 'open') openedAt ??= now;
    if (now >= lastsMs && breaker.state === 'closed') break;
    if (now % callEveryMs !== 0) continue;
    const admission = breaker.admit();
    if (!admission) continue;
    const isSick = now < lastsMs;
    if (isSick && openedAt !== undefined) callsWhileSick++;
    pending.push({
      admission,
      at: now + (isSick ? failsAfterMs : 20),
      verdict: isSick ? 'failure' : 'success',
    });
  }
  const sickSeconds = (lastsMs - (openedAt ?? lastsMs)) / 1_000;
  return { recoveryMs: now - lastsMs, callsPerSecond: sickSeconds > 0 ? callsWhileSick / sickSeconds : 0 };
}

const lengths = Array.from({ length: 60 }, (_, i) => 2_000 + i * 1_370);

describe('A4 recovery of a service after a fault of any length', () => {
  test.each([
    ['fails at once', 10],
    ['hangs until the time of each call is up', 2_000],
  ])(
    'A4 a service that %s gets less than one call a second, and is used again within 5 s after it recovered',
    (_title, failsAfterMs) => {
      const results = lengths.map((lastsMs) => simulate({ lastsMs, failsAfterMs, callEveryMs: 100 }));
      expect(Math.max(...results.map(({ recoveryMs }) => recoveryMs))).toBeLessThanOrEqual(5_000);
      // Checked for the longer faults only, because the first probes are close together.
      expect(Math.max(...results.slice(20).map(({ callsPerSecond }) => callsPerSecond))).toBeLessThan(1);
    },
  );

  test('A4 the waits of a breaker that is opened again and again grow from 0.5 to 2.5 seconds', () => {
    let now = 0;
    const breaker = new CircuitBreaker('x', breakerSettings({ consecutiveFailures: 1 }), {
      clock: () => now,
    });
    const waits = [];
    for (let opening = 0; opening < 5; opening++) {
      const admission = breaker.admit();
      if (admission) breaker.report(admission, 'failure');
      waits.push(breaker.retryAfterMs);
      now += breaker.retryAfterMs;
    }
    expect(waits).toEqual([500, 1_000, 2_000, 2_500, 2_500]);
  });

  test('A4 a probe that takes longer than the first wait still reopens the breaker', () => {
    let now = 0;
    const settings = breakerSettings({ consecutiveFailures: 1 });
    const breaker = new CircuitBreaker('x', settings, { clock: () => now, probeMs: 2_000 });
    breaker.report(breaker.admit()!, 'failure');
    now = 500;
    const probe = breaker.admit()!;
    now = 2_499;
    for (let i = 0; i < 2; i++) expect(breaker.admit()).toBeDefined();
    expect(breaker.admit()).toBeUndefined();
    breaker.report(probe, 'failure');
    expect(breaker.state).toBe('open');
  });
});

describe('F05 a failure that the data of one subject may cause', () => {
  const settings = breakerSettings({ consecutiveFailures: 3, volumeThreshold: 4 });
  const rig = () => {
    let now = 0;
    const breaker = new CircuitBreaker('x', settings, { clock: () => now });
    return {
      breaker,
      pass: (ms: number) => void (now += ms),
      call: (verdict: 'success' | 'failure', subject?: string) =>
        breaker.report(breaker.admit()!, verdict, subject),
    };
  };

  test('F05 failures of one subject count once for the breaker, however often and for however long the subject polls', () => {
    const { breaker, call, pass } = rig();
    for (let i = 0; i < 1_000; i++) {
      call('failure', 'odd');
      if (i % 10 === 9) call('success');
      pass(1_000);
    }
    expect(breaker.state).toBe('closed');
    for (let i = 0; i < 1_000; i++) {
      call('failure', 'odd');
      pass(1_000);
    }
    expect(breaker.state).toBe('closed');
  });

  test('F05 the breaker opens when the number of different subjects with failed calls reaches `consecutiveFailures`', () => {
    const { breaker, call } = rig();
    for (const subject of ['a', 'b', 'a', 'b']) call('failure', subject);
    expect(breaker.state).toBe('closed');
    call('failure', 'c');
    expect(breaker.state).toBe('open');
  });

  test('F05 the failures of one subject do not keep a breaker open when the calls of other subjects succeed', () => {
    const { breaker, call, pass } = rig();
    call('failure', 'odd');
    for (let i = 0; i < 3; i++) call('failure');
    expect(breaker.state).toBe('open');
    pass(500);
    for (let i = 0; i < 10; i++) call('failure', 'odd');
    for (let i = 0; i < 3; i++) call('success');
    expect(breaker.state).toBe('closed');
  });
});
