const quote = 0x22;
const backslash = 0x5c;
/** The only bit in which `[` differs from `{`, and `]` from `}`. */
const braceBit = 0x20;
const openBracket = 0x5b | braceBit;
const closeBracket = 0x5d | braceBit;

/**
 * Returns whether JSON text is nested at most `max` levels deep, without parsing it: a text that passes can
 * be processed recursively. Stops at the first level that is too deep. For text that is not JSON either
 * result is possible.
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
