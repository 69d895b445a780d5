import { Problem } from '@bff/service-kit';
import { parseItem, Token } from 'structured-headers';

const maxLength = 255;
/** The bare word that most clients send; RFC 9651 has no item that begins with any of its characters, as a UUID does. */
const bareWord = /^[A-Za-z0-9._~:+/=-]+$/;
const example = '"8e03978e-40d5-43dd-bc93-6894a57f9324"';

/**
 * Reads `Idempotency-Key`: a string of RFC 9651, as draft-ietf-httpapi-idempotency-key-header-07 has it, or a bare word.
 * Parameters are ignored.
 *
 * @throws {Problem} `bad-request` when there is none, or one that is malformed, with what is wrong
 */
export function parseIdempotencyKey(field: string | readonly string[] | undefined): string {
  if (field === undefined) throw refused('is required');
  const text = typeof field === 'string' ? field.trim() : field.join(', ');
  const key = bareWord.test(text) ? text : textOfItem(text);
  if (key === undefined) throw refused(`is not one string of RFC 9651, such as ${example}`);
  return withinBounds(key);
}

/** The characters of a string of RFC 9651, section 3.3.3. */
const printable = /^[ -~]*$/;

/**
 * Reads a key that stands in a path: the text itself, without the quotes of the header.
 *
 * @throws {Problem} `bad-request` when no `Idempotency-Key` can say it
 */
export function idempotencyKeyIn(path: string): string {
  if (!printable.test(path)) throw refused('has characters that are not printable ASCII');
  return withinBounds(path);
}

function withinBounds(key: string): string {
  if (key.length > 0 && key.length <= maxLength) return key;
  throw refused(`has ${key.length} characters; 1 to ${maxLength} are allowed`);
}

/** Undefined: it is no item, or one of another type. */
function textOfItem(text: string): string | undefined {
  try {
    const [item] = parseItem(text);
    if (item instanceof Token) return item.toString();
    return typeof item === 'string' ? item : undefined;
  } catch {
    return undefined;
  }
}

const refused = (reason: string): Problem =>
  new Problem('bad-request', { detail: `Idempotency-Key ${reason}.` });
