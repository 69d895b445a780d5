import type { SyncAnswer } from '@bff/diff-sync';
import type { ScreenAnswer } from '@bff/screens';
import type { Degradation, Problem } from '@bff/service-kit';
import type { JsonObject } from '@bff/shaping';
import { adviceFor } from './advice.ts';

/** The members of `CallToolResult` (Model Context Protocol) that this library uses. */
export interface ToolResult {
  readonly content: { type: 'text'; text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: true;
}

const textOf = (...texts: readonly string[]): ToolResult['content'] =>
  texts.filter((text) => text !== '').map((text) => ({ type: 'text', text }));

/**
 * Returns the result of a successful call. The result has the JSON also as a text, for clients that do not
 * pass structured content to their model (specification, "Structured Content").
 * @param sentence names the degraded parts, and becomes a second text of the result. Default: nothing is
 * degraded
 * @param text the JSON of `structured`, if the caller has it already
 */
export function successOf(
  structured: JsonObject,
  sentence = '',
  text: string = JSON.stringify(structured),
): ToolResult {
  return {
    content: textOf(text, sentence),
    structuredContent: structured as Record<string, unknown>,
  };
}

/** Returns the result of a failed call: what happened, and what to do next. */
export function failureOf({ title, detail, type }: Problem): ToolResult {
  return {
    content: textOf(`${title}. ${detail === undefined ? '' : `${detail} `}${adviceFor(type)}`.trim()),
    isError: true,
  };
}

/** Returns the result of a read: complete, unchanged, or a patch. */
export function structuredOf(answer: ScreenAnswer, synced: SyncAnswer): JsonObject {
  const { degraded } = answer;
  const state = { complete: degraded.length === 0, ...(degraded.length > 0 && { degraded }) };
  switch (synced.kind) {
    case 'not-modified':
      return { _meta: { version: synced.token, unchanged: true, ...state } } as unknown as JsonObject;
    case 'delta':
      return {
        _meta: { version: synced.token, base: synced.base, patch: synced.patch, ...state },
      } as unknown as JsonObject;
    case 'full': {
      // As in the other families, a view that lists degraded sources has no version, even if the tenant's
      // policy hides every degraded member.
      const version = degraded.length === 0 ? synced.token : undefined;
      return {
        ...synced.view,
        _meta: { ...(version !== undefined && { version }), ...state },
      } as unknown as JsonObject;
    }
  }
}

const reasons: Readonly<Record<Degradation['reason'], string>> = {
  timeout: 'it did not answer in time',
  open: 'it has failed repeatedly and is not called for now',
  error: 'it failed',
  shed: 'it is overloaded',
  'bad-response': 'its answer was not valid',
};

/**
 * Returns one sentence that names the parts of a result that are not current; an empty text when all parts
 * are current.
 */
export function degradationSentence(degraded: readonly Degradation[]): string {
  if (degraded.length === 0) return '';
  const parts = degraded.map(({ source, reason, fallback, age_ms: age }) => {
    const shown =
      fallback === 'stale'
        ? `is ${age === undefined ? 'an earlier answer' : `${Math.round(age / 1_000)} seconds old`}`
        : 'is a placeholder and not data';
    return `${source} ${shown} (${reasons[reason]})`;
  });
  return `Incomplete: ${parts.join('; ')}.`;
}
