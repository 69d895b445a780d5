/** Accounts by their purpose, so that tests need not know their names. */
export const demoAccounts = {
  tenant: 'acme',
  otherTenant: 'globex',
  /** Belongs only to `tenant`. */
  userOfOneTenant: 'alice',
  /** Belongs to both tenants. */
  userOfTwoTenants: 'max',
  /** Client of a partner of `tenant` that uses client credentials. */
  partnerClient: 'acme-erp',
} as const;
