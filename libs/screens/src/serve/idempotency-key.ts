import { Problem } from '@bff/service-kit';
import { parseItem, Token } from 'structured-headers';

const maxLength = 255;
/**
 * The unquoted form that most clients send. It needs a pattern of its own, because a UUID that begins with
 * a digit is not a Structured Fields item (RFC 9651).
 */
const bareWord = /^[A-Za-z0-9._~:+/=-]+$/;
const example = '"8e03978e-40d5-43dd-bc93-6894a57f9324"';

/**
 * Parses `Idempotency-Key`: a string of RFC 9651 (draft-ietf-httpapi-idempotency-key-header-07), or an
 * unquoted word. Parameters are ignored.
 * @throws {Problem} `bad-request` when it is missing or malformed, with the reason
 */
export function parseIdempotencyKey(field: string | readonly string[] | undefined): string {
  if (field === undefined) throw refused('is required');
  const text = typeof field === 'string' ? field.trim() : field.join(', ');
  const key = bareWord.test(text) ? text : textOfItem(text);
  if (key === undefined) throw refused(`is not one string of RFC 9651, such as ${example}`);
  return withinBounds(key);
}

/** The characters of a string in RFC 9651, section 3.3.3. */
const printable = /^[ -~]*$/;

/**
 * Parses a key in a path, where it has no quotes, unlike in the header field.
 * @throws {Problem} `bad-request` when no `Idempotency-Key` could have this value
 */
export function idempotencyKeyIn(path: string): string {
  if (!printable.test(path)) throw refused('has characters that are not printable ASCII');
  return withinBounds(path);
}

function withinBounds(key: string): string {
  if (key.length > 0 && key.length <= maxLength) return key;
  throw refused(`has ${key.length} characters; 1 to ${maxLength} are allowed`);
}

/** Returns the text of a string or token, and undefined for other types and for malformed items. */
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
