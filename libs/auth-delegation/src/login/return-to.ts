import { Problem } from '@bff/service-kit';

const longest = 2048;
/** Maximum number of decodings of the path: more than proxies and frameworks perform by mistake. */
const maxDecodings = 4;
/** Placeholder origin: a path that resolves to a different origin leaves this site. */
const here = 'https://here.invalid';

/** Printable ASCII without the space, and without the backslash, which browsers read as a slash. */
const writable = /^[!-[\]-~]+$/;
/** Characters that are allowed after decoding: those of `writable`, the space, and the bytes of UTF-8. */
const decodable = /^[ -[\]-~\x80-\xff]+$/;

/**
 * Returns whether a browser that is redirected to `text` stays on this origin, even if a proxy decodes or
 * normalizes it repeatedly: no second slash at the start, no backslash, no control character, no credentials.
 */
export function isLocalPath(text: string): boolean {
  if (text.length > longest || !writable.test(text)) return false;
  let stage = text;
  for (let decodings = 0; decodings <= maxDecodings; decodings += 1) {
    if (!staysHere(stage)) return false;
    const decoded = stage.replace(/%[0-9a-f]{2}/gi, (octet) =>
      String.fromCharCode(Number.parseInt(octet.slice(1), 16)),
    );
    if (decoded === stage) return true;
    stage = decoded;
  }
  return false;
}

/**
 * Returns the path to redirect to after a login, unchanged.
 * @param fallback used when nothing was given
 * @throws {Problem} `invalid-return-to`
 */
export function parseReturnTo(given: unknown, fallback = '/'): string {
  if (given === undefined) return fallback;
  if (typeof given === 'string' && isLocalPath(given)) return given;
  throw new Problem('invalid-return-to');
}

function staysHere(path: string): boolean {
  if (!decodable.test(path) || !/^\/(?!\/)/.test(path)) return false;
  // If the leading slash is lost when the path is appended to an origin, the text before an `@` becomes the
  // user name and the text after it the host.
  if (/^\/[^/?#]*@/.test(path)) return false;
  const url = URL.parse(path, here);
  // Dot segments may leave two slashes at the start (`/.//evil`), which the next resolver would read as a
  // host.
  return url !== null && url.origin === here && !url.pathname.startsWith('//');
}
