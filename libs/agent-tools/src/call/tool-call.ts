import type { ScreenAnswer } from '@bff/screens';
import type { IncomingMessage } from 'node:http';
import type { Tool } from '../declaration/tool.ts';

/** The arguments of a call, as the schema of its tool has them. */
export interface ToolArguments {
  readonly fields?: string;
  readonly since?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly body?: unknown;
  readonly version?: string;
  readonly idempotency_key?: string;
  readonly confirm?: string;
}

/** One call on its way through the pipeline. */
export interface ToolCall {
  readonly tool: Tool;
  readonly given: ToolArguments;
  /** Items of a page. */
  readonly limit: number;
  /**
   * Takes what the pipeline came to; undefined: a write was made, and there is nothing of it to show.
   *
   * @param replayed whether that was an earlier call
   */
  settle(answer: ScreenAnswer | undefined, replayed: boolean): void;
}

const calls = new WeakMap<object, ToolCall>();

/** One request carries one call: the next call of a request takes the place of the last one. */
export const beginCall = (request: IncomingMessage, call: ToolCall): void => void calls.set(request, call);

/** @throws {TypeError} when no tool is being called for this request */
export function toolCallOf(request: IncomingMessage): ToolCall {
  const call = calls.get(request);
  if (!call) throw new TypeError('no tool call: this family is served by runTool alone');
  return call;
}
