const texts = new WeakMap<object, string>();
/** Characters. A shorter text costs less to make again than to look up. */
const leastLength = 4_096;

/**
 * Returns the JSON text of a value that nobody changes any more. A long text is remembered for as long as the value lives, so
 * that what is stored and then sent is serialized once.
 */
export function jsonText(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  if (text.length >= leastLength) texts.set(value, text);
  return text;
}

/** The JSON text of an object of which one member's text is remembered; else what JSON.stringify returns. */
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
