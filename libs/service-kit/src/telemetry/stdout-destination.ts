import { pino, type DestinationStream } from 'pino';

/** Maximum bytes of lines that wait to be written; further lines are dropped. */
const maxWaiting = 1_048_576;
const retryMs = 200;

/**
 * Creates a destination that writes lines to stdout at once, so that none is lost at exit. If the reader of
 * the pipe stops, lines are dropped; pino's own destination would block the event loop, so that neither
 * requests nor signals were handled (F54).
 * @param onLost called with the number of dropped lines when the reader continues
 */
export function stdoutDestination(onLost: (lines: number) => void): DestinationStream {
  // Accessing `process.stdout` makes a pipe non-blocking: a full pipe is an error (EAGAIN) instead of a wait.
  const { fd } = process.stdout;
  const stream = pino.destination({ dest: fd, sync: true, maxLength: maxWaiting, retryEAGAIN: () => false });
  let lost = 0;
  let isFull = false;

  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // The reader closed the pipe, so nothing can be reported.
    if (code !== 'EAGAIN') return void (stream.write = () => true);
    if (isFull) return;
    isFull = true;
    setTimeout(() => {
      isFull = false;
      // Retries the lines that wait.
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
