import { writeFileSync } from 'node:fs';

/** Writes a directory of that many tenants, each with a policy that blocks two fields; returns their ids. */
export function writeTenants(file: string, count: number): readonly string[] {
  const ids = Array.from({ length: count }, (_, at) => `tenant-${at}`);
  const tenants = ids.map((id) => ({
    id,
    name: `Tenant ${id}`,
    status: 'active',
    fields: { blocked: ['ssn', 'internal_notes', 'orders[*].internal_notes'] },
  }));
  writeFileSync(file, JSON.stringify({ tenants }));
  return ids;
}
