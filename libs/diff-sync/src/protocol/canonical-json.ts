import canonicalize from 'canonicalize';
import type { Json } from './json.ts';

/**
 * The one text of a value: RFC 8785.
 *
 * @throws {Error} for what I-JSON cannot carry: lone surrogates, numbers that are not finite
 */
export function canonicalJson(value: Json): string {
  return canonicalize(value) as string;
}
