import { stripTypeScriptTypes } from 'node:module';
import { z } from 'zod';
import { documentOf, type Node } from '../../src/openapi/document.ts';
import type { Direction } from '../../src/openapi/schema/json-schema.ts';
import { createZodSource, declarationsOf } from '../../src/source/zod-source.ts';

/** Returns source without types, which can be evaluated. */
export const withoutTypes = (source: string): string =>
  stripTypeScriptTypes(`() => {${source.replaceAll('export interface', 'interface')}}`).slice(7, -1);

/** Evaluates the generated zod schema of a document's schema. */
export function zodOf(schema: unknown, root: Node, direction: Direction = 'answer'): z.ZodType {
  const source = createZodSource(documentOf(root), [schema], { direction, names: new Set() });
  const expression = source.of(schema);
  const script = `${declarationsOf(source).join('\n')}\nreturn ${expression};`;
  return new Function('z', withoutTypes(script))(z) as z.ZodType;
}
