import { describe, expect, test } from '@jest/globals';
import { ProviderGate } from '../../src/revalidation/provider-gate.ts';

describe('F34 a provider that is down', () => {
  const gateAt = () => {
    const clock = { at: 0 };
    const changes: boolean[] = [];
    const gate = new ProviderGate({ now: () => clock.at, onChange: (isAway) => changes.push(isAway) });
    return { clock, changes, gate };
  };

  test('a provider that is down is called once after each pause, and the pauses double up to 30 seconds', () => {
    const { clock, gate } = gateAt();
    gate.failed();
    const calls: number[] = [];
    for (; clock.at < 120_000; clock.at += 100)
      if (gate.admits()) {
        calls.push(clock.at);
        gate.failed();
      }
    const pauses = calls.map((at, index) => at - (calls[index - 1] ?? 0));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  test('concurrent failures of a provider count once', () => {
    const { clock, gate } = gateAt();
    for (let call = 0; call < 500; call++) gate.failed();
    clock.at = 1_000;
    expect([gate.admits(), gate.admits()]).toEqual([true, false]);
  });

  test('a provider is reported once when it stops responding, and once when it recovers', () => {
    const { changes, gate } = gateAt();
    gate.answered();
    gate.failed();
    gate.failed();
    gate.answered();
    gate.answered();
    expect(changes).toEqual([true, false]);
    expect(gate.admits()).toBe(true);
  });
});
