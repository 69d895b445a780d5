/** Characters of a token, base64url. */
export const tokenLength = 24;

/**
 * A token as an entity tag, `"<token>"` or, of a coded body, `"<token>-<coding>"`. All tokens have one length, so a
 * token that ends in `-br` by chance is not cut.
 */
export const tokenTagSyntax = `"([\\w-]{${tokenLength}})(?:-[a-z0-9]+)?"`;
