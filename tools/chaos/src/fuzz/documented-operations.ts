import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BffName } from '@bff/demo-world';
import { bffNames } from '../fleet/fleet.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
}
export interface Operation {
  readonly bff: BffName;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

const root = resolve(import.meta.dirname, '../../../..');

/** Returns every operation of the committed OpenAPI documents. */
export function documentedOperations(): Operation[] {
  return bffNames.flatMap((bff) => {
    const { paths } = JSON.parse(readFileSync(resolve(root, 'apps', bff, 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { parameters?: Parameter[] }>>;
    };
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [] }]) => ({
        bff,
        method: method.toUpperCase(),
        path,
        parameters,
      })),
    );
  });
}
