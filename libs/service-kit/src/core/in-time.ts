/**
 * Settles like `work`, or rejects with `late()` when that takes longer than `ms` milliseconds. After a long turn of the
 * event loop timers run first, before the answers are read that have arrived meanwhile. So these are read before it
 * rejects: otherwise a delay of this process would be blamed on whoever answers.
 */
export function inTime<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(setImmediate, ms, () => reject(late()));
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
