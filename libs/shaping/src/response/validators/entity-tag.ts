import { contentCodings, type ContentCoding } from '../coding/negotiate-coding.ts';

/** Returns the opaque part of the entity tag of one content coding. */
export function opaqueTag(token: string, coding: ContentCoding): string {
  return coding === 'identity' ? token : `${token}-${coding}`;
}

const codingSuffix = new RegExp(`-(?:${contentCodings.join('|')})$`);

/**
 * Returns the token of an opaque tag of any coding: the reverse of {@link opaqueTag}. A token that itself
 * ends like a coding, such as `...-br`, loses its end.
 */
export const withoutCoding = (opaque: string): string => opaque.replace(codingSuffix, '');

export interface EntityTag {
  readonly weak: boolean;
  /** The tag without quotes. */
  readonly opaque: string;
}

/** Syntax of an entity tag (RFC 9110, section 8.8.3): no quotes, control characters or blanks inside. */
const tagSyntax = /(W\/)?"([!\u0023-\u007e\u0080-\u00ff]*)"/y;
const separatorSyntax = /[\t ]*(?:,[\t ]*)*/y;

/**
 * Parses `If-Match` or `If-None-Match`: `*` or a list of tags. A malformed field is an empty list and matches
 * nothing, because a complete answer is always correct.
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
