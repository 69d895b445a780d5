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

/** Returns the JSON text of an object, and reuses the cached texts of its members. */
export function jsonTextByMembers(value: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(value);
  if (!names.some((name) => isKnown(value[name]))) return JSON.stringify(value);
  const members: string[] = [];
  for (const name of names) {
    const member = value[name];
    const text = isKnown(member) ? texts.get(member) : JSON.stringify(member);
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join()}}`;
}

const isKnown = (member: unknown): member is object =>
  typeof member === 'object' && member !== null && texts.has(member);
