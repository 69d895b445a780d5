export { createFlakyLink, type Chance, type Exchange, type FlakyLink, type LinkState } from './flaky-link.ts';
