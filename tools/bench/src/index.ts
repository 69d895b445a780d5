export { type MeasuredProduct } from './measured-product.ts';
export { product } from './product.ts';
export { startMeasuredWorld, type BffAccess, type MeasuredWorld } from './world/measured-world.ts';
export { type SizesReport } from './sizes/report.ts';
