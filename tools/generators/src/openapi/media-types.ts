/** RFC 9110, section 8.3.1, of visible ASCII: what may stand in a header field as it is. */
const syntax =
  /^[\w!#$&^.+*/-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+:/-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*"))*$/;
const json =
  /^(?:(?:application|text)\/json|[\w!#$&^.-]+\/[\w!#$&^.+-]+\+json|\*\/\*|application\/\*)\s*(?:;|$)/i;

/** The JSON type among the types of a body or an answer: the common one, where there is a choice. */
export const jsonTypeOf = (content: object): string | undefined => {
  const types = Object.keys(content).filter((type) => json.test(type));
  return types.find((type) => /^application\/json\s*(;|$)/i.test(type)) ?? types[0];
};

/** A type as it is written into a header field; of one that could break out of it, what stands before its parameters. */
export const sentType = (type: string): string => {
  if (type.includes('*')) return 'application/json';
  return syntax.test(type) ? type : (type.split(';')[0] ?? '').trim();
};
