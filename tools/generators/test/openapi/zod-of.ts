import { z } from 'zod';
import { documentOf, type Node } from '../../src/openapi/document.ts';
import { type Direction } from '../../src/openapi/schema/json-schema.ts';
import { createZodSource, declarationsOf } from '../../src/source/zod-source.ts';

/** The zod schema that the source of a document's schema makes, to hold values against. */
export function zodOf(schema: unknown, root: Node, direction: Direction = 'answer'): z.ZodType {
  const source = createZodSource(documentOf(root), { direction, names: new Set() });
  const expression = source.of(schema);
  const script = `${declarationsOf(source).join('\n')}\nreturn ${expression};`;
  return new Function('z', script.replaceAll('(): z.ZodType<unknown> =>', '() =>'))(z) as z.ZodType;
}
