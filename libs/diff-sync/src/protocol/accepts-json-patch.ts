/**
 * Syntax of a member of `A-IM` (RFC 3229, section 10.5.3): a manipulation with an optional weight from 0 to
 * 1. A member with any other parameter is a different manipulation and is ignored.
 */
const memberSyntax =
  /^[\t ]*([\w!#$%&'*+.^`|~-]+)[\t ]*(?:;[\t ]*q[\t ]*=[\t ]*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[\t ]*)?$/i;

/** Maximum length of the field in characters; a longer field is ignored. */
const maxLength = 1024;

/**
 * Returns whether a request accepts a JSON Patch instead of the view: `json-patch` is listed without `q=0`,
 * and `identity` does not have more weight. Ignores unknown and malformed members; without `json-patch` the
 * request is an ordinary conditional one.
 * @param field value of `A-IM`
 */
export function acceptsJsonPatch(field: string | undefined): boolean {
  if (field === undefined || field.length > maxLength) return false;
  const weights: Record<string, number> = { 'json-patch': 0, identity: 0 };
  for (const member of field.split(',')) {
    const [, name = '', weight = '1'] = memberSyntax.exec(member) ?? [];
    if (Object.hasOwn(weights, name.toLowerCase())) weights[name.toLowerCase()] = Number(weight);
  }
  const { 'json-patch': patch = 0, identity = 0 } = weights;
  return patch > 0 && patch >= identity;
}
