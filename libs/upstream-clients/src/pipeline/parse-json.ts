import { isExactNumber } from '@bff/service-kit';

/** A parsed JSON text, and whether a number in it was replaced. */
export interface ParsedJson {
  readonly json: unknown;
  readonly hasInexact: boolean;
}

/**
 * Placeholder for a number that would be rounded. Schemas of numbers and strings reject it. A schema
 * that accepts any value lets it pass, and {@link inexactMember} then finds it.
 */
class InexactNumber {
  [Symbol.toPrimitive](): never {
    throw new TypeError('the number would be rounded');
  }
}

/**
 * Parses as `JSON.parse` does, except that a number that would be rounded (F03) becomes an object that number
 * schemas reject. `-0` becomes 0, the same number. If a member occurs twice, the last one counts (ECMA-262).
 * @param bytes the text in UTF-8: V8 reads bytes faster than the characters of strings of all kinds
 * @throws {SyntaxError} when the text is not JSON
 * @throws {RangeError} when a text with such numbers is nested too deeply to be searched
 */
export function parseJson(text: string, bytes: Uint8Array): ParsedJson {
  if (!hasLongRun(bytes) && !longExponent.test(text)) return { json: JSON.parse(text), hasInexact: false };
  let hasInexact = false;
  const json = parseWithSource(text, (_name, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || isExactNumber(source.replace(/^-/, '')))
      return value;
    hasInexact = true;
    return new InexactNumber();
  });
  return { json, hasInexact };
}

/** Returns the path of the first number that would have been rounded, or undefined. */
export function inexactMember(value: unknown): string | undefined {
  if (value instanceof InexactNumber) return '';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const below = inexactMember(member);
    if (below !== undefined) return below === '' ? name : `${name}.${below}`;
  }
  return undefined;
}

type Reviver = (name: string, value: unknown, context: { readonly source?: string }) => unknown;
/** ECMA-262 passes the source text of each primitive to a reviver; TypeScript's types lack that parameter. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * Minimum length of an inexact number without an exponent of three digits: a double keeps every number of at
 * most 15 digits whose exponent has at most two digits.
 */
const runLength = 16;
const longExponent = /\d[eE][+-]?\d{3}/;

/**
 * Returns whether a text has a run of at least 16 digits and points. Every such run contains a 16th character
 * of the text, so only these characters are checked.
 */
function hasLongRun(bytes: Uint8Array): boolean {
  for (let at = runLength - 1; at < bytes.length; at += runLength) {
    if (!isNumeric(bytes[at])) continue;
    let from = at;
    let to = at + 1;
    while (isNumeric(bytes[from - 1])) from--;
    while (isNumeric(bytes[to])) to++;
    if (to - from >= runLength) return true;
  }
  return false;
}

/** Whether a byte is a digit or a point. */
function isNumeric(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || byte === 0x2e);
}
