import { ar } from './words/ar.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { ja } from './words/ja.ts';
import type { Words } from './words/vocabulary.ts';

/** Texts by language (BCP 47). Browsers that accept none of them get the first. */
export const words: Readonly<Record<string, Words>> = { en, de, ja, ar };
