import { measuredProduct } from '@bff/demo-world/measured';
import type { MeasuredProduct } from './measured-product.ts';

/** The product that is measured. No other module of this tool refers to it. */
export const product: MeasuredProduct = measuredProduct;
