import { tokenTagSyntax } from './token-tag.ts';

/** What `If-None-Match` says that the client has. */
export interface NamedTokens {
  /** Something was named, of ours or not. */
  readonly any: boolean;
  /** `*`: whatever there is (RFC 9110, section 13.1.2). */
  readonly everything: boolean;
  /** What has the form of our tokens, in the client's order, each once, without coding suffix and `W/`. */
  readonly tokens: readonly string[];
}

/** Characters. What stands behind is as good as unknown. */
const maxLength = 8192;
const maxTokens = 50;

const everyTag = new RegExp(tokenTagSyntax, 'g');

const nothing: NamedTokens = { any: false, everything: false, tokens: [] };

/** Reads `If-None-Match`. What is not a tag of ours is passed over: a token proves itself, whatever stands around it. */
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
