import { isExactNumber } from '@bff/service-kit';
import { visit, type JSONPath } from 'jsonc-parser';

/**
 * Finds the first part of a JSON text that `JSON.parse` would silently change or drop: a number that a double
 * does not hold exactly, or a duplicate member name, for which it keeps only the last value (RFC 7493,
 * sections 2.2 and 2.3). Returns a sentence that names the member but not its value; undefined if there is no
 * such part, or if the text is not JSON. The caller must limit size and nesting.
 */
export function findLostMember(text: string): string | undefined {
  let found: string | undefined;
  const objects: Set<string>[] = [];
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  visit(json, {
    onObjectBegin: () => void objects.push(new Set()),
    onObjectEnd: () => void objects.pop(),
    onObjectProperty(name, _offset, _length, _line, _character, path) {
      const names = objects.at(-1);
      if (names?.has(name)) found ??= `${nameOf([...path(), name])} occurs twice in its object.`;
      names?.add(name);
    },
    onLiteralValue(value, offset, length, _line, _character, path) {
      if (found !== undefined || typeof value !== 'number') return;
      if (isExactNumber(json.slice(offset, offset + length))) return;
      found = `${nameOf(path())} is a number that cannot be kept exactly; send a shorter one, or a string.`;
    },
  });
  return found;
}

const nameOf = (path: JSONPath): string => (path.length === 0 ? 'The body' : path.join('.').slice(0, 200));
