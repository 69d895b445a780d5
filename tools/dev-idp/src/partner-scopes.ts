/** Space-separated scopes of a partner, as in `apps/partner-bff/src/contract/scopes.ts`. */
export const partnerScopes =
  'customers:read preferences:read preferences:write orders:read notifications:read notifications:write';
