import { fileURLToPath } from 'node:url';

/** The tenants of the demo world; production names its own file with `TENANTS_FILE`. */
export const demoTenantsFile = fileURLToPath(new URL('../demo-tenants.json', import.meta.url));
