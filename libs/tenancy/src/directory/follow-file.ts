import { unwatchFile, watchFile } from 'node:fs';

const intervalMs = 250;
/** Milliseconds to wait after a change for a writer that does not replace the file atomically. */
const settleMs = 100;

/**
 * Calls `onChange` within half a second after the content at the path changed. It polls the path
 * instead of watching a file: editors replace the file, Kubernetes ConfigMaps replace a link to its folder,
 * deployments replace the folder, and network file systems send no events.
 * @returns a function that stops polling
 */
export function followFile(path: string, onChange: () => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  const settle = (): void => {
    settling ??= setTimeout(() => {
      settling = undefined;
      onChange();
    }, settleMs).unref();
  };
  watchFile(path, { persistent: false, interval: intervalMs }, settle);
  settle(); // Covers a change between the caller's first reading and the first poll.
  return () => {
    unwatchFile(path, settle);
    clearTimeout(settling);
  };
}
