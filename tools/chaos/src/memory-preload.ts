/** Loaded into a BFF with `--expose-gc --import`: each SIGUSR2 is answered with a line that says what is held after a collection. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const held = { heap: heapUsed, rss, external, handles: process.getActiveResourcesInfo().length };
  process.stdout.write(`${JSON.stringify({ held })}\n`);
});
