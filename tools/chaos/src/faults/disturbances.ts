import { processErrors, type Disturbance } from './disturbance.ts';
import { wireFaults } from './wire-faults.ts';

/** All faults, in the order of the run. */
export const disturbances: readonly Disturbance[] = [...processErrors, ...wireFaults];
