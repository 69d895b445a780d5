/** Families whose clients are other companies' servers, the one that a token is for by default first. */
export const tokenFamilies: readonly string[] = ['partner'];
