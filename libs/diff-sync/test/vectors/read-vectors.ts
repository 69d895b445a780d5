import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Json } from '../../src/index.ts';

/** The test vectors for clients in any language. */
export const vectorsFolder = resolve(import.meta.dirname, '../../vectors');

interface VectorFiles {
  readonly 'json-patch': {
    readonly patches: readonly {
      readonly title: string;
      readonly document: Json;
      readonly patch: unknown;
      readonly result?: Json;
      readonly refused?: true;
    }[];
  };
  readonly 'canonical-json': {
    readonly numbers: readonly (readonly [bits: string, text: string | null])[];
    readonly documents: readonly {
      readonly title: string;
      readonly input: string;
      readonly canonical: string;
      readonly digest: string;
    }[];
    readonly refused: readonly string[];
  };
  readonly fields: {
    readonly etag: readonly (readonly [field: string, token: string | null])[];
    readonly syncKeep: readonly (readonly [field: string, names: readonly string[] | null])[];
    readonly retryAfter: readonly (readonly [field: string, date: string | null, ms: number | null])[];
  };
}

export function readVectors<Name extends keyof VectorFiles>(name: Name): VectorFiles[Name] {
  return JSON.parse(readFileSync(`${vectorsFolder}/${name}.json`, 'utf8')) as VectorFiles[Name];
}
