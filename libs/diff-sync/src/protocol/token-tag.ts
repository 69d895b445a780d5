/** Number of base64url characters of a token. */
export const tokenLength = 24;

/**
 * A token as an entity tag: `"<token>"` or, for a coded body, `"<token>-<coding>"`. All tokens have the same
 * length, so the end of a token that happens to be `-br` is not mistaken for a coding.
 */
export const tokenTagSyntax = `"([\\w-]{${tokenLength}})(?:-[a-z0-9]+)?"`;
