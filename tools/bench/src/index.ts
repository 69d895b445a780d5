export { type MeasuredProduct } from './measured-product.ts';
export { product } from './product.ts';
export { startMeasuredWorld, type Door, type MeasuredWorld } from './measured-world.ts';
export { type SizesReport } from './report.ts';
