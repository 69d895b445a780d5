/** Characters of a token, base64url. */
export const tokenLength = 24;

/**
 * A token as an entity tag: `"<token>"` or, for a coded body, `"<token>-<coding>"`. All tokens have the same
 * length, so one that happens to end in `-br` is not cut.
 */
export const tokenTagSyntax = `"([\\w-]{${tokenLength}})(?:-[a-z0-9]+)?"`;
