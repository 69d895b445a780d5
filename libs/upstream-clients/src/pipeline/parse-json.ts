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
 * @throws {SyntaxError} when the text is not JSON
 * @throws {RangeError} when a text with such numbers is nested too deeply to be searched
 */
export function parseJson(text: string): ParsedJson {
  if (!mayRound(text)) return { json: JSON.parse(text), hasInexact: false };
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

const runLength = 16;
const longExponent = /\d[eE][+-]?\d{3}/;

/**
 * Returns whether a text may contain an inexact number. A double keeps every
 * number of at most 15 digits whose exponent has at most two digits. So an inexact number has a run of at
 * least 16 digits and points, or an exponent of three digits. Every such run contains a 16th character of the
 * text, so only these characters are checked.
 */
function mayRound(text: string): boolean {
  for (let at = runLength - 1; at < text.length; at += runLength) {
    if (!isNumeric(text, at)) continue;
    let from = at;
    let to = at + 1;
    while (isNumeric(text, from - 1)) from--;
    while (isNumeric(text, to)) to++;
    if (to - from >= runLength) return true;
  }
  return longExponent.test(text);
}

/** Whether the character is a digit or a point. */
function isNumeric(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}
