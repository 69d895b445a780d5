/**
 * Formats member names as a list of strings (RFC 9651, section 3.1). The names are percent-encoded, because
 * these strings can only contain ASCII.
 */
export function formatMembers(names: readonly string[]): string {
  return names.map((name) => `"${encodeURIComponent(name)}"`).join(', ');
}

/** Parses a list of {@link formatMembers}. @throws {URIError} when an encoding is malformed */
export function parseMembers(field: string | null): string[] {
  return Array.from(field?.matchAll(/"([^"]*)"/g) ?? [], ([, name]) => decodeURIComponent(name as string));
}
