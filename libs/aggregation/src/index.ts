export { aggregate } from './aggregate.ts';
export { type Aggregate, type FailureCause, type SourceTiming } from './aggregate-kinds.ts';
export { defineScreen, type Screen, type ScreenDefinition } from './define-screen.ts';
export { type Source } from './source.ts';
export { screenProblem } from './screen-problem.ts';
export { writeProblem } from './write-problem.ts';
