import { openApiDocument } from './openapi.ts';

/** `node src/contract/print-openapi.ts > openapi.json`: the snapshot that later changes are held to. */
process.stdout.write(`${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
