import { openApiDocument } from './openapi.ts';

/** What `npm run clients` writes to `openapi.json`: the snapshot that later changes are held to. */
process.stdout.write(`${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
