import { isExactNumber } from '@bff/service-kit';
import { visit, type JSONPath } from 'jsonc-parser';

/**
 * The first thing in a JSON text that `JSON.parse` would change or drop without a word: a number that a double does not
 * hold exactly, or a member name that occurs twice in one object, of which it takes the last (RFC 7493, sections 2.2 and
 * 2.3). A sentence that names the member and not its value; undefined when there is none. Finds nothing in text that is
 * not JSON. The caller bounds size and nesting.
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
