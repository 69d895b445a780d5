import { z } from 'zod';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/**
 * Schema for results of `JSON.parse`. Does not validate members: deeply nested JSON could exhaust the
 * stack of a recursive check.
 */
export const jsonObject = z.record(z.string(), z.custom<JsonValue>());
