import { isArray, isObject, memberOf, type Json } from './json.ts';

/**
 * Returns whether two values are equal by RFC 6902, section 4.6: numbers are compared by value, arrays item
 * by item, and objects regardless of the sequence of their members.
 */
export function jsonEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isArray(a))
    return isArray(b) && a.length === b.length && a.every((item, index) => jsonEqual(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = presentNames(a);
  return (
    names.length === presentNames(b).length && names.every((name) => jsonEqual(a[name], memberOf(b, name)))
  );
}

const presentNames = (object: Record<string, Json | undefined>): string[] =>
  Object.keys(object).filter((name) => object[name] !== undefined);
