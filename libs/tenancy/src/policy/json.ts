/** Any JSON value. Members that are `undefined` count as absent, as they do for `JSON.stringify`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}
