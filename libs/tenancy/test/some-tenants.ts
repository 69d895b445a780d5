import { createTenantDirectory, type TenantDirectoryConfig } from '../src/index.ts';

type TenantConfig = TenantDirectoryConfig['tenants'][number];

export const someTenant = (id: string, settings: Partial<TenantConfig> = {}): TenantConfig => ({
  id,
  name: `The company ${id}`,
  status: 'active',
  fields: { blocked: ['ssn'] },
  ...settings,
});

export const directoryOf = (...tenants: TenantConfig[]) => createTenantDirectory({ tenants });

/** Returns the error that `act` throws. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
