import { writeFileSync } from 'node:fs';
import { product } from '../../product.ts';

/**
 * Writes a directory of `count` tenants, each with a policy that blocks fields of the product; returns their
 * ids.
 */
export function writeTenants(file: string, count: number): readonly string[] {
  const ids = Array.from({ length: count }, (_, at) => `tenant-${at}`);
  const tenants = ids.map((id) => ({
    id,
    name: `Tenant ${id}`,
    status: 'active',
    fields: { blocked: product.blockedFields },
  }));
  writeFileSync(file, JSON.stringify({ tenants }));
  return ids;
}
