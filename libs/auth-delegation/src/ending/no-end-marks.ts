import type { EndMarks } from './end-marks.ts';

/** Of a session store that no operator can reach. */
export const noEndMarks: EndMarks = {
  isEnded: () => false,
  add: () => Promise.reject(new TypeError('this session store was created without marks')),
  ready: () => Promise.resolve(),
  close: () => undefined,
};
