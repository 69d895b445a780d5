import { Problem } from '@bff/service-kit';

const longest = 2048;
/** Enough for every proxy and framework that decodes once more than it should. */
const mostDecodings = 4;
/** Any origin serves to find out whether an address leaves it. */
const here = 'https://here.invalid';

/** Printable ASCII without the space and the backslash, which browsers read as a slash. */
const writable = /^[!-[\]-~]+$/;
/** What may come to light by decoding: the space too, and the bytes of UTF-8. */
const decodable = /^[ -[\]-~\x80-\xff]+$/;

/**
 * Whether a browser that is sent to `text` stays on this origin, however often somebody on the way decodes or
 * normalizes it: no second slash in front, no backslash, no control character, no credentials.
 */
export function isLocalPath(text: string): boolean {
  if (text.length > longest || !writable.test(text)) return false;
  let stage = text;
  for (let decodings = 0; decodings <= mostDecodings; decodings += 1) {
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
 * The address to go to after a login, in the form in which it was given.
 *
 * @param fallback when nothing was given at all
 * @throws {Problem} `invalid-return-to`
 */
export function parseReturnTo(given: unknown, fallback = '/'): string {
  if (given === undefined) return fallback;
  if (typeof given === 'string' && isLocalPath(given)) return given;
  throw new Problem('invalid-return-to');
}

function staysHere(path: string): boolean {
  if (!decodable.test(path) || !/^\/(?!\/)/.test(path)) return false;
  // Glued to an origin without its slash, what stands before an `@` becomes the user name and the rest the host.
  if (/^\/[^/?#]*@/.test(path)) return false;
  const url = URL.parse(path, here);
  // Dot segments may leave two slashes in front (`/.//evil`), which the next one to resolve it takes for a host.
  return url !== null && url.origin === here && !url.pathname.startsWith('//');
}
