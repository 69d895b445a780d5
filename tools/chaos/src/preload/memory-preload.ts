import { getHeapSpaceStatistics } from 'node:v8';

const codeSpace = /^(?:shared_)?(?:code|trusted)_/;

/**
 * Imported into a BFF with `--expose-gc --import`: on SIGUSR2 it collects garbage and prints the memory still
 * held.
 */
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
