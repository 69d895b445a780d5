export { createFlakyLink, type Chance, type Exchange, type FlakyLink, type Weather } from './flaky-link.ts';
