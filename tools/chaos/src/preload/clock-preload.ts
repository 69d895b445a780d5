/**
 * Loaded into a BFF with `--import`: each SIGUSR2 moves its wall clock on to the next of these, because libfaketime is
 * not there. Timers and the monotonic clock keep their pace, as when a machine's clock is set.
 */
const offsets = [20_000, 0, -20_000, 0];
let signals = 0;
let offset = 0;
const now = Date.now;
const RealDate = Date;

Date.now = () => now() + offset;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], receiver) =>
    Reflect.construct(target, given.length === 0 ? [target.now()] : given, receiver) as object,
});
process.on('SIGUSR2', () => {
  offset = offsets[signals++ % offsets.length] ?? 0;
});
