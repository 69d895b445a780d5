import { brokenProduct } from '@bff/demo-world/broken';
import type { BrokenProduct } from './broken-product.ts';

/** The only place where this tool and the product meet. */
export const product: BrokenProduct = brokenProduct;
