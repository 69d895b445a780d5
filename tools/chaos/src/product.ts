import { brokenProduct } from '@bff/demo-world/broken';
import type { BrokenProduct } from './broken-product.ts';

/** The only module in which this tool refers to the product. */
export const product: BrokenProduct = brokenProduct;
