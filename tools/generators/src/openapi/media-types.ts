/** Matches a media type (RFC 9110, section 8.3.1) of printable ASCII, which is safe in a header field. */
const syntax =
  /^[\w!#$&^.+*/-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+:/-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*"))*$/;
const json =
  /^(?:(?:application|text)\/json|[\w!#$&^.-]+\/[\w!#$&^.+-]+\+json|\*\/\*|application\/\*)\s*(?:;|$)/i;

/** Returns the JSON media type of a body or answer; if there are several, prefers `application/json`. */
export const jsonTypeOf = (content: object): string | undefined => {
  const types = Object.keys(content).filter((type) => json.test(type));
  return types.find((type) => /^application\/json\s*(;|$)/i.test(type)) ?? types[0];
};

/** Returns a media type that is safe in a header field: without wildcards and without unsafe parameters. */
export const sentType = (type: string): string => {
  if (type.includes('*')) return 'application/json';
  return syntax.test(type) ? type : (type.split(';')[0] ?? '').trim();
};
