import { fileURLToPath } from 'node:url';

/** The tenants of the demo; production has its own file, named by `TENANTS_FILE`. */
export const demoTenantsFile = fileURLToPath(new URL('../demo-tenants.json', import.meta.url));
