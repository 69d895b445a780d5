/**
 * Files in which the development provider lists the BFFs that log users in, and the families whose clients
 * get access tokens.
 */
export const loginClients = 'tools/dev-idp/src/login-clients.ts';
export const tokenFamilies = 'tools/dev-idp/src/token-families.ts';

/** Matches the entry of an app in the list of BFFs that log users in. */
export const loginClientOf = (app: string): RegExp =>
  new RegExp(`^ *\\{\\s*name: '${app}',[^}]*\\},\\n`, 'm');
