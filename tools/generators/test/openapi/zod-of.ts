import { stripTypeScriptTypes } from 'node:module';
import { z } from 'zod';
import { documentOf, type Node } from '../../src/openapi/document.ts';
import type { Direction } from '../../src/openapi/schema/json-schema.ts';
import { createZodSource, declarationsOf } from '../../src/source/zod-source.ts';

/** What runs of generated source. */
export const withoutTypes = (source: string): string =>
  stripTypeScriptTypes(`() => {${source.replaceAll('export interface', 'interface')}}`).slice(7, -1);

/** The zod schema that the source of a document's schema makes, to hold values against. */
export function zodOf(schema: unknown, root: Node, direction: Direction = 'answer'): z.ZodType {
  const source = createZodSource(documentOf(root), [schema], { direction, names: new Set() });
  const expression = source.of(schema);
  const script = `${declarationsOf(source).join('\n')}\nreturn ${expression};`;
  return new Function('z', withoutTypes(script))(z) as z.ZodType;
}
