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

const ownCall = Symbol('ownCall');
/** A request with its call, in a property instead of a WeakMap (docs/adr/0042). */
interface Calling {
  [ownCall]?: ToolCall;
}

/** Binds a call to its request. A request carries one call, so a later call replaces an earlier one. */
export function beginCall(request: IncomingMessage & Calling, call: ToolCall): void {
  request[ownCall] = call;
}

/** Returns the call of a request. @throws {TypeError} when no tool is being called for this request */
export function toolCallOf(request: IncomingMessage & Calling): ToolCall {
  const call = request[ownCall];
  if (!call) throw new TypeError('no tool call: a tool family serves only requests that runTool sends');
  return call;
}
