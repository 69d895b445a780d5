/** Any JSON value. Members that are `undefined` count as absent, as they do for `JSON.stringify`. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/**
 * `T` if every part of it survives JSON unchanged; otherwise a type that `T` does not fit, so that the
 * compiler points to the member: a `Date`, a `Map`, a function, a `bigint`. Accepts interfaces, which do not
 * fit an index signature.
 */
export type JsonOf<T> = T extends Json | undefined
  ? T
  : T extends bigint | symbol | ((...parameters: never[]) => unknown)
    ? never
    : { [Member in keyof T]: JsonOf<T[Member]> };

export type Container = readonly Json[] | JsonObject;

export function isContainer(value: Json | undefined): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Type guard, because `Array.isArray` does not narrow a readonly array. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * Sets a member, also one named `__proto__`, where an assignment would change the prototype. JSON.parse sets
 * such a member too.
 */
export function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  else target[name] = value;
}
