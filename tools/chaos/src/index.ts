export { type BrokenProduct } from './broken-product.ts';
export { product } from './product.ts';
export { serviceNames } from './services.ts';
export { startFleet, type Fleet, type FleetOptions } from './fleet.ts';
