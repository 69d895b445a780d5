/** What an upstream allows a private cache to do with its answer (RFC 9111, section 5.2.2; RFC 5861). Milliseconds. */
export interface CacheControl {
  readonly noStore: boolean;
  readonly noCache: boolean;
  readonly mustRevalidate: boolean;
  /** Undefined: not said. What is said and not a number is 0: stale. */
  readonly maxAgeMs: number | undefined;
  readonly staleWhileRevalidateMs: number | undefined;
  readonly staleIfErrorMs: number | undefined;
}

const directive = /([^\s,;="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g;
/** RFC 9111, section 1.2.2: a larger number is this one. */
const longestSeconds = 2 ** 31;

/** An upstream says the same few things all the time. */
const parsed = new Map<string, CacheControl>();
const maxParsed = 100;

export function cacheControl(field: string): CacheControl {
  let control = parsed.get(field);
  if (!control) {
    if (parsed.size >= maxParsed) parsed.clear();
    parsed.set(field, (control = parse(field)));
  }
  return control;
}

/**
 * Not looked at: `public`, `private`, `s-maxage` and `proxy-revalidate`, which speak to caches that are shared between
 * users; here every answer is its identity's own. `no-cache` and `private` with field names count as without.
 */
function parse(field: string): CacheControl {
  const said = new Map<string, string | undefined>();
  for (const [, name = '', quoted, token] of field.matchAll(directive)) {
    // Of one that is said twice the first counts (section 4.2.1).
    const lower = name.toLowerCase();
    if (!said.has(lower)) said.set(lower, quoted ?? token);
  }
  const milliseconds = (name: string): number | undefined =>
    said.has(name) ? 1_000 * deltaSeconds(said.get(name) ?? '') : undefined;
  return {
    // must-understand: no-store is meant for caches that do not know the status; only 200 is ever stored here.
    noStore: said.has('no-store') && !said.has('must-understand'),
    noCache: said.has('no-cache'),
    mustRevalidate: said.has('must-revalidate'),
    maxAgeMs: milliseconds('max-age'),
    staleWhileRevalidateMs: milliseconds('stale-while-revalidate'),
    staleIfErrorMs: milliseconds('stale-if-error'),
  };
}

export function deltaSeconds(text: string): number {
  return /^\d+$/.test(text) ? Math.min(Number(text), longestSeconds) : 0;
}
