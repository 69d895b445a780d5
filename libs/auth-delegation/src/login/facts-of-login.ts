import type { Logger } from '@bff/service-kit';
import type { TenantDirectory } from '@bff/tenancy';
import type { SessionFacts } from '../session/session.ts';
import type { Login } from './id-token.ts';

/** Maximum number of tenants in a log line, because a user may have hundreds. */
const namedTenants = 5;

/**
 * Returns the facts that a session keeps of a login; its home is the first of the user's tenants that is
 * active here. Returns undefined when no tenant is active, and logs the content of the tenant claim: the
 * usual cause is a provider that does not send this claim (F31).
 */
export function factsOfLogin(
  login: Login,
  directory: Pick<TenantDirectory, 'find'>,
  log: Logger,
): SessionFacts | undefined {
  for (const id of login.tenants) {
    const tenant = directory.find(id);
    if (tenant?.status === 'active') return { ...login, home: tenant.id };
  }
  const found =
    login.tenants.length === 0 ? 'no tenant in the claim' : login.tenants.slice(0, namedTenants).join(' ');
  log.warn(
    {
      reason: 'no-tenant',
      setting: 'TENANT_CLAIM, TENANTS_FILE',
      expected: 'a tenant that is active',
      found,
    },
    'login refused',
  );
  return undefined;
}
