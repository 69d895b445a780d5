import { contentCodings, type ContentCoding } from '../coding/negotiate-coding.ts';

/** What stands between the quotes of the tag of one coding. */
export function opaqueTag(token: string, coding: ContentCoding): string {
  return coding === 'identity' ? token : `${token}-${coding}`;
}

const codingSuffix = new RegExp(`-(?:${contentCodings.join('|')})$`);

/** The token of a tag, whatever its coding: the reverse of {@link opaqueTag}. A token that ends like one is ambiguous. */
export const withoutCoding = (opaque: string): string => opaque.replace(codingSuffix, '');

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
