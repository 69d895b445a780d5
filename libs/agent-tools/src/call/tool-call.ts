import type { ScreenAnswer } from '@bff/screens';
import type { IncomingMessage } from 'node:http';
import type { Tool } from '../declaration/tool.ts';

/** The validated arguments of a call. */
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

/** A tool call, while the screen pipeline processes it as a request. */
export interface ToolCall {
  readonly tool: Tool;
  readonly given: ToolArguments;
  /** Items per page. */
  readonly limit: number;
  /**
   * Receives the answer that the pipeline composed; undefined for a successful write without content.
   * @param replayed whether this is the answer of an earlier call with the same idempotency key
   */
  settle(answer: ScreenAnswer | undefined, replayed: boolean): void;
}

const calls = new WeakMap<object, ToolCall>();

/** Binds a call to its request. A request carries one call, so a later call replaces an earlier one. */
export const beginCall = (request: IncomingMessage, call: ToolCall): void => void calls.set(request, call);

/** Returns the call of a request. @throws {TypeError} when no tool is being called for this request */
export function toolCallOf(request: IncomingMessage): ToolCall {
  const call = calls.get(request);
  if (!call) throw new TypeError('no tool call: a tool family serves only requests that runTool sends');
  return call;
}
