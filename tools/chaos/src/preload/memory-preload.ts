import { getHeapSpaceStatistics } from 'node:v8';

const codeSpace = /^(?:shared_)?(?:code|trusted)_/;

/** Loaded into a BFF with `--expose-gc --import`: each SIGUSR2 is answered with a line that says what is held after a collection. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const code = getHeapSpaceStatistics()
    .filter(({ space_name: name }) => codeSpace.test(name))
    .reduce((sum, { space_used_size: used }) => sum + used, 0);
  const held = {
    heap: heapUsed - code,
    code,
    rss,
    external,
    handles: process.getActiveResourcesInfo().length,
  };
  process.stdout.write(`${JSON.stringify({ held })}\n`);
});
