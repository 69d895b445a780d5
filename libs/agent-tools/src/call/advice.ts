import type { ProblemType } from '@bff/service-kit';

const again = 'Call again in a few seconds; a write with the same idempotency_key.';
const otherArguments = 'Call again with other arguments.';

/** The next step that a result recommends to the agent, by problem type. */
const advice: Partial<Record<ProblemType, string>> = {
  'bad-request': otherArguments,
  'invalid-fields': 'Name members of the output schema in fields, such as a,b[*].c, or leave it out.',
  'invalid-cursor': 'Call without cursor to begin with the first page.',
  'not-found': 'Take ids from a list; do not make them up.',
  forbidden: 'Do not call it again: the user may not do this.',
  'precondition-failed': 'Read it again, and pass the version that you then have.',
  'precondition-required': 'Read it first, and pass its version.',
  conflict: again,
  unprocessable: otherArguments,
  'content-too-large': 'Send less.',
  'upstream-failed': again,
  'upstream-timeout': again,
  unavailable: again,
  overloaded: again,
};

export const adviceFor = (type: ProblemType): string => advice[type] ?? 'Do not call it again for now.';
