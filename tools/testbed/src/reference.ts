import { writeFileSync } from 'node:fs';
import { referenceFile, referencePage } from './reference-page.ts';

/** `node tools/testbed/src/reference.ts`: writes docs/reference anew. */
writeFileSync(referenceFile, await referencePage());
