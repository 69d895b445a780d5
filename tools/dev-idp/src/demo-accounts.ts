/** Accounts of this provider by what they are good for, so that a test need not know their names. */
export const demoAccounts = {
  tenant: 'acme',
  otherTenant: 'globex',
  /** Belongs to `tenant` alone. */
  userOfOneTenant: 'alice',
  /** Belongs to both tenants. */
  userOfTwoTenants: 'max',
  /** Client of a partner of `tenant`, by client credentials. */
  partnerClient: 'acme-erp',
} as const;
