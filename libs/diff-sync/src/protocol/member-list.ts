/** Names of members as a list of strings (RFC 9651, section 3.1), percent-encoded: a string there is ASCII. */
export function formatMembers(names: readonly string[]): string {
  return names.map((name) => `"${encodeURIComponent(name)}"`).join(', ');
}

/** @throws {URIError} when an encoding is broken */
export function parseMembers(field: string | null): string[] {
  return Array.from(field?.matchAll(/"([^"]*)"/g) ?? [], ([, name]) => decodeURIComponent(name as string));
}
