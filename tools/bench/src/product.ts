import { measuredProduct } from '@bff/demo-world/measured';
import type { MeasuredProduct } from './measured-product.ts';

/** The only module in which this tool refers to the product. */
export const product: MeasuredProduct = measuredProduct;
