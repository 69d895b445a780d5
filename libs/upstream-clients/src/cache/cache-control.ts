/**
 * Directives of a response as a private cache applies them (RFC 9111, section 5.2.2; RFC 5861). Times in
 * milliseconds.
 */
export interface CacheControl {
  readonly noStore: boolean;
  readonly noCache: boolean;
  readonly mustRevalidate: boolean;
  /** Undefined when the directive is absent; 0 (stale) when its value is not a number. */
  readonly maxAgeMs: number | undefined;
  readonly staleWhileRevalidateMs: number | undefined;
  readonly staleIfErrorMs: number | undefined;
}

const directive = /([^\s,;="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g;
/** Maximum number of seconds; a larger one counts as this one (RFC 9111, section 1.2.2). */
const longestSeconds = 2 ** 31;

/** Parsed fields by their text: an upstream repeats a few `Cache-Control` fields in all its answers. */
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
 * Parses the directives. Ignores `public`, `private`, `s-maxage` and `proxy-revalidate`, which address caches
 * that are shared between users: here every entry belongs to one identity. Field names in `no-cache` or
 * `private` are ignored, so the directive applies to the complete answer.
 */
function parse(field: string): CacheControl {
  const said = new Map<string, string | undefined>();
  for (const [, name = '', quoted, token] of field.matchAll(directive)) {
    // RFC 9111, section 4.2.1: if a directive occurs twice, the first one counts.
    const lower = name.toLowerCase();
    if (!said.has(lower)) said.set(lower, quoted ?? token);
  }
  const milliseconds = (name: string): number | undefined =>
    said.has(name) ? 1_000 * deltaSeconds(said.get(name) ?? '') : undefined;
  return {
    // RFC 9111, section 5.2.2.3: with `must-understand`, `no-store` applies only to caches that do not
    // understand the status code. This cache stores only 200.
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
