/** A clock whose timers run in order of time, each with everything that it triggers before the next. */
export function virtualTime() {
  let now = 0;
  let n = 0;
  const timers: { readonly time: number; readonly n: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    wait: (ms: number) => new Promise<void>((run) => void timers.push({ time: now + ms, n: n++, run })),
    /** Runs until no timer is left, or up to this time. */
    async runAll(until = Infinity) {
      for (;;) {
        await new Promise(setImmediate);
        timers.sort((one, other) => one.time - other.time || one.n - other.n);
        const next = timers[0];
        if (!next || next.time > until) return;
        timers.shift();
        now = next.time;
        next.run();
      }
    },
  };
}
