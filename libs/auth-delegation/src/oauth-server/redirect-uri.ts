/** Loopback address literals (RFC 8252, section 7.3); not `localhost`, which may resolve to another host. */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(\/[^#]*)?$/;

/** Schemes that a browser would run or open itself instead of passing the code to an app. */
const unsafeSchemes = [
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'about:',
  'ftp:',
  'ws:',
  'wss:',
];

/**
 * Returns whether codes may be sent to a URI: https, a private-use scheme, or http on a loopback address or
 * `localhost`.
 */
export function isRedirectUri(uri: string): boolean {
  const url = URL.parse(uri);
  if (
    !url ||
    url.hash ||
    uri.includes('#') ||
    url.username ||
    url.password ||
    unsafeSchemes.includes(url.protocol)
  )
    return false;
  return url.protocol !== 'http:' || loopback.test(uri) || url.hostname === 'localhost';
}

/** Compares as text (RFC 9700, section 2.1), except for the port of a loopback address. */
export function matchesRedirectUri(
  uri: string,
  {
    redirectUris,
    allowLoopback,
  }: { readonly redirectUris: readonly string[]; readonly allowLoopback?: boolean },
): boolean {
  if (redirectUris.includes(uri)) return true;
  const given = allowLoopback ? loopback.exec(uri) : null;
  if (!given || !URL.canParse(uri)) return false;
  return redirectUris.some((registered) => {
    const known = loopback.exec(registered);
    return known !== null && known[1] === given[1] && known[2] === given[2];
  });
}
