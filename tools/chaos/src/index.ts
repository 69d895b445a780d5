export { type BrokenProduct } from './broken-product.ts';
export { product } from './product.ts';
export { serviceNames } from './fleet/services.ts';
export { startFleet, type Fleet, type FleetOptions } from './fleet/fleet.ts';
