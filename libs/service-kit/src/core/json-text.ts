const texts = new WeakMap<object, string>();
/** Minimum characters of a cached text. Serializing a shorter one again costs less than caching it. */
const leastLength = 4_096;

/**
 * Returns the JSON text of a value that must not change afterwards. Caches a long text until the value is
 * garbage-collected, so that a value that is stored and then sent is serialized once.
 */
export function jsonText(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  if (text.length >= leastLength) texts.set(value, text);
  return text;
}

/**
 * Returns the JSON of an object, and reuses the cached texts of its members. A long one is returned in UTF-8:
 * V8 would copy a string of that length whenever it is joined, hashed or measured.
 */
export function jsonByMembers(value: Readonly<Record<string, unknown>>): string | Buffer {
  const names = Object.keys(value);
  if (!names.some((name) => isKnown(value[name]))) return joined([JSON.stringify(value)]);
  const pieces: string[] = [];
  for (const name of names) {
    const member = value[name];
    const text = isKnown(member) ? texts.get(member) : JSON.stringify(member);
    if (text === undefined) continue;
    pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(name)}:`, text);
  }
  pieces.push('}');
  return joined(pieces);
}

const isKnown = (member: unknown): member is object =>
  typeof member === 'object' && member !== null && texts.has(member);

/** Minimum characters of a text that is returned in UTF-8. For a shorter one a Buffer costs more. */
const leastBytes = 16 * 1024;

/** Joins texts, long ones without making a long string. */
function joined(pieces: readonly string[]): string | Buffer {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length < leastBytes) return pieces.join('');
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0));
  let at = 0;
  for (const piece of pieces) at += bytes.write(piece, at);
  // `allocUnsafe` does not clear memory: only what was written may be returned.
  return bytes.subarray(0, at);
}
