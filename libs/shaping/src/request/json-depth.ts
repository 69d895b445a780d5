const quote = 0x22;
const backslash = 0x5c;
/** `[` and `{`, `]` and `}` differ in this bit only. */
const braceBit = 0x20;
const openBracket = 0x5b | braceBit;
const closeBracket = 0x5d | braceBit;

/**
 * Whether JSON text nests no deeper than `max` containers, found without parsing: what passes can be walked
 * recursively by whoever comes after. Stops at the first container too deep. Text that is no JSON gives either result.
 */
export function nestsWithin(text: Uint8Array, max: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i] as number;
    if (quoted) {
      if (byte === backslash) i++;
      else if (byte === quote) quoted = false;
    } else if (byte === quote) quoted = true;
    else if ((byte | braceBit) === openBracket && ++depth > max) return false;
    else if ((byte | braceBit) === closeBracket) depth--;
  }
  return true;
}
