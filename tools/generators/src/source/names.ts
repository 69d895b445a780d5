/** Splits a text into words; letters lose their diacritics: `uber` for `über`. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * Returns `ListThings` for `list-things`, `list_things` and `listThings`; empty for a text without ASCII
 * letters.
 */
export const pascal = (text: string): string => wordsOf(text).map(capitalized).join('');

/** Returns `listThings` for `list-things`, `List things` and `listThings`. */
export const camel = (text: string): string => {
  const joined = pascal(text);
  return joined.charAt(0).toLowerCase() + joined.slice(1);
};

/** Appends the smallest number from 2 that makes a name unique. */
export function uniqueName(name: string, isTaken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}${count}`;
    if (!isTaken(candidate)) return candidate;
  }
}
