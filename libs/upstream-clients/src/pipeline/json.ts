import { z } from 'zod';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** For what came out of JSON.parse: its members need no look, and recursion into them could be made to exhaust the stack. */
export const jsonObject = z.record(z.string(), z.custom<JsonValue>());
