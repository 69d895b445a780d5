import type { EndMarks } from './end-marks.ts';

/**
 * Used by a session store or verifier without marks: nothing counts as ended, and adding a mark is an error.
 */
export const noEndMarks: EndMarks = {
  isEnded: () => false,
  add: () => Promise.reject(new TypeError('this session store was created without marks')),
  ready: () => Promise.resolve(),
  close: () => undefined,
};
