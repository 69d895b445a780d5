import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../src/apps.ts';

/** Returns the Kubernetes resources that a page shows in its blocks of YAML. */
export const resourcesOfPage = (page: string): unknown[] =>
  [...readFileSync(join(repository, page), 'utf8').matchAll(/^```yaml\n(apiVersion:[^]*?)^```/gm)].map(
    ([, text]) => parse(text ?? '', { merge: true }) as unknown,
  );
