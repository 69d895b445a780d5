export { startMeasuredWorld, type Door, type MeasuredWorld } from './measured-world.ts';
export { type SizesReport } from './report.ts';
