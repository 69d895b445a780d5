/**
 * Families whose clients are servers of other companies and get access tokens. By default a token is for the
 * first family.
 */
export const tokenFamilies: readonly string[] = ['partner'];
