import { brokenProduct } from '@bff/demo-world/broken';
import type { BrokenProduct } from './broken-product.ts';

/** The product under test. No other module of this tool refers to it. */
export const product: BrokenProduct = brokenProduct;
