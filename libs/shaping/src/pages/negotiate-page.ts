import type { Request } from 'express';

/** Request fields that decide between a page and a problem; for `Vary`. */
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
 * Returns the words in the language that a request prefers.
 * @param words by language (BCP 47); the first is the default
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
