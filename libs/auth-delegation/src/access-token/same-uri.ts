/**
 * Returns whether two request URIs are equal apart from query and fragment (RFC 9449, section 4.3, point 9),
 * after normalization by syntax and scheme (RFC 3986, sections 6.2.2 and 6.2.3). URIs with schemes other than
 * http and https are never equal.
 */
export function sameUri(one: string, other: string): boolean {
  const normalized = normalizedUri(one);
  return normalized !== undefined && normalized === normalizedUri(other);
}

function normalizedUri(uri: string): string | undefined {
  const url = URL.parse(uri);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.origin + url.pathname.replace(/%[0-9a-f]{2}/gi, normalizedOctet);
}

function normalizedOctet(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
}
