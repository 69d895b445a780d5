import type { Request } from 'express';

/** Request header fields that decide between an HTML page and problem details; for `Vary`. */
export const pageNegotiationFields = 'Accept, Sec-Fetch-Dest';

const documents: readonly unknown[] = ['document', 'iframe', 'frame'];

/**
 * Returns whether the request is a browser navigation. Uses `Sec-Fetch-Dest`, which scripts cannot set;
 * without it, `Accept` must prefer HTML to JSON, which no fetch does by default.
 */
export function wantsPage(request: Request): boolean {
  const destination = request.headers['sec-fetch-dest'];
  if (destination !== undefined && !documents.includes(destination)) return false;
  const accepted = request.accepts(
    destination === undefined
      ? ['application/problem+json', 'application/json', 'text/html']
      : ['text/html', 'application/problem+json'],
  );
  return accepted === 'text/html';
}

/**
 * Returns the texts of a page in the language that a request prefers.
 * @param words texts by language tag (BCP 47); the first language is the default
 */
export function wordsFor<Words>(
  request: Request,
  words: Readonly<Record<string, Words>>,
): { readonly language: string; readonly words: Words } {
  const languages = Object.keys(words);
  const language = request.acceptsLanguages(languages) || languages[0];
  const chosen = language === undefined ? undefined : words[language];
  if (language === undefined || chosen === undefined)
    throw new TypeError('there are no words in any language');
  return { language, words: chosen };
}
