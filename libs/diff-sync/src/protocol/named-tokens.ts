import { tokenTagSyntax } from './token-tag.ts';

/** The content of `If-None-Match`. */
export interface NamedTokens {
  /** Whether the field has any entry, valid or not. */
  readonly any: boolean;
  /** Whether the field is `*`, which matches every representation (RFC 9110, section 13.1.2). */
  readonly everything: boolean;
  /** Tokens in the client's order, without duplicates, coding suffix and `W/`. */
  readonly tokens: readonly string[];
}

/** Maximum length of the field in characters; the rest of a longer field is ignored. */
const maxLength = 8192;
const maxTokens = 50;

const everyTag = new RegExp(tokenTagSyntax, 'g');

const nothing: NamedTokens = { any: false, everything: false, tokens: [] };

/** Parses `If-None-Match`. Ignores tags that are not tokens. Each token must be verified separately. */
export function parseNamedTokens(field: string | undefined): NamedTokens {
  const text = field?.slice(0, maxLength).trim();
  if (!text) return nothing;
  if (text === '*') return { any: true, everything: true, tokens: [] };
  const tokens = new Set<string>();
  for (const [, token] of text.matchAll(everyTag)) {
    if (tokens.size === maxTokens) break;
    tokens.add(token as string);
  }
  return { any: true, everything: false, tokens: [...tokens] };
}
