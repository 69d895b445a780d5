import { pino, type DestinationStream } from 'pino';

/** Of lines that wait for a reader; those beyond it are dropped. Bytes. */
const maxWaiting = 1_048_576;
const retryMs = 200;

/**
 * Stdout for a log, written to at once, so that no line is lost at exit. A reader that has stopped costs lines and not the
 * process: pino's own destination blocks the event loop then, in which no request is served and no signal arrives (F54).
 *
 * @param onLost called with the number of lines that were dropped, once there is a reader again
 */
export function stdoutDestination(onLost: (lines: number) => void): DestinationStream {
  // To open it makes a pipe non-blocking: a full one is an error then, and not a wait.
  const { fd } = process.stdout;
  const stream = pino.destination({ dest: fd, sync: true, maxLength: maxWaiting, retryEAGAIN: () => false });
  let lost = 0;
  let isFull = false;

  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Whoever read it has gone: there is nobody to tell.
    if (code !== 'EAGAIN') return void (stream.write = () => true);
    if (isFull) return;
    isFull = true;
    setTimeout(() => {
      isFull = false;
      // Tries again what waits.
      stream.write('');
    }, retryMs).unref();
  });
  stream.on('drop', () => {
    if (lost++ === 0)
      stream.once('drain', () => {
        onLost(lost);
        lost = 0;
      });
  });
  return stream;
}
