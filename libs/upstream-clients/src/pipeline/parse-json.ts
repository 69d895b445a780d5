import { isExactNumber } from '@bff/service-kit';

/** A JSON text as a value, and whether a number in it stands replaced. */
export interface ParsedJson {
  readonly json: unknown;
  readonly hasInexact: boolean;
}

/**
 * Stands for a number that would be rounded. No schema of a number or text accepts it, and a schema that accepts anything
 * is followed by {@link inexactMember}.
 */
class InexactNumber {
  [Symbol.toPrimitive](): never {
    throw new TypeError('a number that is not exact');
  }
}

/**
 * As `JSON.parse`, but a number that would be rounded (F03) is an object that no number schema accepts. `-0` becomes 0, the
 * same number. Of a member that occurs twice the last counts, as ECMA-262 has it.
 *
 * @throws {SyntaxError} when the text is not JSON
 * @throws {RangeError} when a text with such numbers nests too deeply to be searched
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

/** The path of the first number in a value that would have been rounded; undefined when there is none. */
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
/** ECMA-262 gives a reviver the source text of each primitive; the types of TypeScript do not say so yet. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

const runLength = 16;
const longExponent = /\d[eE][+-]?\d{3}/;

/**
 * Whether a text may have a number that is not exact. A double holds 15 digits and exponents of two, so there must be a
 * run of 16 digits and points, or an exponent of three digits. Looks at every 16th character only: no such run lies
 * between two of them.
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

/** A digit or a point. */
function isNumeric(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}
