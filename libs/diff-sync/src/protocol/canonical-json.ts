import canonicalize from 'canonicalize';
import type { Json } from './json.ts';

/**
 * Returns the canonical JSON of a value (RFC 8785).
 * @throws {Error} for values outside I-JSON: lone surrogates, numbers that are not finite
 */
export function canonicalJson(value: Json): string {
  return canonicalize(value) as string;
}
