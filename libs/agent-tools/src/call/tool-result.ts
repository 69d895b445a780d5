import type { SyncAnswer } from '@bff/diff-sync';
import type { ScreenAnswer } from '@bff/screens';
import type { Degradation, Problem } from '@bff/service-kit';
import type { JsonObject } from '@bff/shaping';
import { adviceFor } from './advice.ts';

/** `CallToolResult` of the Model Context Protocol, as far as it is used. */
export interface ToolResult {
  readonly content: { type: 'text'; text: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: true;
}

const textOf = (...texts: readonly string[]): ToolResult['content'] =>
  texts.filter((text) => text !== '').map((text) => ({ type: 'text', text }));

/**
 * The result of a call that came to something. The text is the same JSON, for clients that hand no structured content to
 * their model (specification, "Structured Content"); what is degraded is said in a sentence beside it.
 */
export function successOf(structured: JsonObject, sentence = ''): ToolResult {
  return {
    content: textOf(JSON.stringify(structured), sentence),
    structuredContent: structured as Record<string, unknown>,
  };
}

/** The result of a call that came to nothing: what happened, and what to do next. */
export function failureOf({ title, detail, type }: Problem): ToolResult {
  return {
    content: textOf(`${title}. ${detail === undefined ? '' : `${detail} `}${adviceFor(type)}`.trim()),
    isError: true,
  };
}

/** The result of a read: all of it, that it is unchanged, or what has changed. */
export function structuredOf(answer: ScreenAnswer, told: SyncAnswer): JsonObject {
  const { degraded } = answer;
  const state = { complete: degraded.length === 0, ...(degraded.length > 0 && { degraded }) };
  switch (told.kind) {
    case 'not-modified':
      return { _meta: { version: told.token, unchanged: true, ...state } } as unknown as JsonObject;
    case 'delta':
      return {
        _meta: { version: told.token, base: told.base, patch: told.patch, ...state },
      } as unknown as JsonObject;
    case 'full':
      return {
        ...told.view,
        _meta: { ...(told.token !== undefined && { version: told.token }), ...state },
      } as unknown as JsonObject;
  }
}

const reasons: Readonly<Record<Degradation['reason'], string>> = {
  timeout: 'it did not answer in time',
  open: 'it has failed repeatedly and is not called for now',
  error: 'it failed',
  shed: 'it is overloaded',
  'bad-response': 'its answer was not valid',
};

/** Says in one sentence which parts of a result are not current. Empty when all are. */
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
