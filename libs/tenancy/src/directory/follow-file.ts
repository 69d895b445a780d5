import { unwatchFile, watchFile } from 'node:fs';

const intervalMs = 250;
/** Writers that do not replace a file in one step write it in several; they get this long to finish. */
const settleMs = 100;

/**
 * Calls `onChange` within half a second after what is found at the path changed. The path is asked, not the file or
 * folder that was there at first: an editor replaces the file, a Kubernetes ConfigMap a link to its folder, a
 * deployment the folder; and file systems of other machines send no events.
 *
 * @returns how to stop
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
  settle(); // what changed between the caller's reading and the first look
  return () => {
    unwatchFile(path, settle);
    clearTimeout(settling);
  };
}
