/**
 * Families whose clients are servers of other companies; the first one is the default recipient of tokens.
 */
export const tokenFamilies: readonly string[] = ['partner'];
