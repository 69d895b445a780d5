import { randomInt } from 'node:crypto';

/**
 * Characters of a code (RFC 8628, section 6.1): no vowels, so that no words appear, and no characters that
 * look alike.
 */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** Creates one of 20^8 codes, shown as `WDJB-MJHT`. */
export function mintUserCode(): string {
  let code = '';
  for (let index = 0; index < length; index += 1) code += alphabet[randomInt(alphabet.length)] ?? '';
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/** Normalizes a typed code: ignores case and punctuation. Undefined when it cannot be a code. */
export function parseUserCode(typed: string): string | undefined {
  if (typed.length > 4 * length) return undefined;
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (letters.length !== length || ![...letters].every((letter) => alphabet.includes(letter)))
    return undefined;
  return `${letters.slice(0, length / 2)}-${letters.slice(length / 2)}`;
}
