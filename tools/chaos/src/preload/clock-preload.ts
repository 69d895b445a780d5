/**
 * Shifts the wall clock of a BFF that is started with `--import` of this module: each SIGUSR2 sets the offset
 * to the next of these values, in milliseconds. Replaces libfaketime, which is not installed everywhere.
 * Timers and the monotonic clock are not affected, as when the clock of a machine is set.
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
