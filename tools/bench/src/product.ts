import { measuredProduct } from '@bff/demo-world/measured';
import type { MeasuredProduct } from './measured-product.ts';

/** The only place where this tool and the product meet. */
export const product: MeasuredProduct = measuredProduct;
