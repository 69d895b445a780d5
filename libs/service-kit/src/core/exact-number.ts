/** Sign, integer digits, fraction digits and exponent of a JSON number or of the result of `String`. */
const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Returns whether a number keeps its value in `JSON.parse` and `JSON.stringify` (RFC 7493, section 2.2: such
 * numbers are interoperable). `1.50` and `15e-1` do. `1e400`, `9007199254740993` and decimals with more
 * digits than a double has do not, and neither does `-0`, which `JSON.stringify` writes as `0`.
 */
export function isExactNumber(source: string): boolean {
  return decimalOf(source) === decimalOf(String(Number(source)));
}

/** Returns one spelling for each value: its significant digits and the power of ten of the last one. */
function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts.exec(text) ?? [];
  if (whole === '') return text;
  const digits = whole + fraction;
  let start = 0;
  while (digits[start] === '0') start++;
  if (start === digits.length) return `${sign}0`;
  // Counts zeros without a regular expression: `0+$` takes quadratic time on `1000...0001`.
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return `${sign}${digits.slice(start, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
