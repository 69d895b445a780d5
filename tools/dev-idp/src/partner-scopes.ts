/** Scopes that a partner may have: those of `apps/partner-bff/src/contract/scopes.ts`, separated by spaces. */
export const partnerScopes =
  'customers:read preferences:read preferences:write orders:read notifications:read notifications:write';
