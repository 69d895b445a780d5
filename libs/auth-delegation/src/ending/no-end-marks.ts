import type { EndMarks } from './end-marks.ts';

/** Marks of a session store whose sessions operators cannot end. */
export const noEndMarks: EndMarks = {
  isEnded: () => false,
  add: () => Promise.reject(new TypeError('this session store was created without marks')),
  ready: () => Promise.resolve(),
  close: () => undefined,
};
