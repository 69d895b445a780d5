/** RFC 3229, section 10.5.3: a manipulation, and a weight of 0 to 1. One with other parameters is another one. */
const memberSyntax =
  /^[\t ]*([\w!#$%&'*+.^`|~-]+)[\t ]*(?:;[\t ]*q[\t ]*=[\t ]*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[\t ]*)?$/i;

/** Characters; what is longer is not read. */
const maxLength = 1024;

/**
 * Whether a request takes a JSON Patch in place of the view: `json-patch` is listed, not with `q=0`, and `identity` is
 * not listed with more weight. Unknown and malformed members are passed over; without one of ours the request is a
 * plain conditional one.
 *
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
