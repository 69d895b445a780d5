import { createHmac, createSecretKey } from 'node:crypto';
import { type ContentCoding } from './negotiate-coding.ts';

/** Bytes of the MAC that the token keeps: 144 bits, and base64url needs no padding. */
const tokenBytes = 18;
const minKeyBytes = 32;

/** The token of a representation: who may see it, and its bytes. */
export type TokenMaker = (scope: readonly string[], json: string) => string;

/**
 * HMAC-SHA256: without the key nobody can test a guess of content against a tag.
 *
 * @throws {TypeError} when the key has less than 32 bytes
 */
export function createTokenMaker(key: Buffer | string): TokenMaker {
  const bytes = Buffer.from(key as string);
  if (bytes.length < minKeyBytes) throw new TypeError(`etagKey needs at least ${minKeyBytes} bytes`);
  const secret = createSecretKey(bytes);

  return function makeToken(scope, json) {
    // Count and lengths come first, so that no two scopes make one text.
    let prefix = `${scope.length};`;
    for (const part of scope) prefix += `${part.length}:${part}`;
    // UTF-16 keeps lone surrogates apart, which UTF-8 would all turn into U+FFFD. JSON.stringify escapes them.
    return createHmac('sha256', secret)
      .update(prefix, 'utf16le')
      .update(json, 'utf8')
      .digest()
      .toString('base64url', 0, tokenBytes);
  };
}

/** What stands between the quotes of the tag of one coding. */
export function opaqueTag(token: string, coding: ContentCoding): string {
  return coding === 'identity' ? token : `${token}-${coding}`;
}

export interface EntityTag {
  readonly weak: boolean;
  /** Without the quotes. */
  readonly opaque: string;
}

/** RFC 9110, section 8.8.3: no quote, no control character, no blank. */
const tagSyntax = /(W\/)?"([!\u0023-\u007e\u0080-\u00ff]*)"/y;
const separatorSyntax = /[\t ]*(?:,[\t ]*)*/y;

/**
 * Reads `If-Match` or `If-None-Match`: `*`, or a list of tags. A field that is not one of both is an empty list, so it
 * matches nothing: the full answer is always right.
 */
export function parseEntityTags(field: string): '*' | readonly EntityTag[] {
  if (field.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  let at = skipSeparators(field, 0);
  while (at < field.length) {
    tagSyntax.lastIndex = at;
    const match = tagSyntax.exec(field);
    if (!match) return [];
    tags.push({ weak: match[1] !== undefined, opaque: match[2] ?? '' });
    const end = tagSyntax.lastIndex;
    at = skipSeparators(field, end);
    if (at < field.length && !field.slice(end, at).includes(',')) return [];
  }
  return tags;
}

function skipSeparators(field: string, at: number): number {
  separatorSyntax.lastIndex = at;
  separatorSyntax.exec(field);
  return separatorSyntax.lastIndex;
}
