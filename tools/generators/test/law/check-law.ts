import { jsonSchemaOf, sampleOf } from '@bff/demo-services/generic';
import fc from 'fast-check';
import { zodOf } from '../openapi/zod-of.ts';
import { drawDocument, drawer, reference } from './documents.ts';
import { createOracle, type Direction } from './oracle.ts';
import { drawValue } from './values.ts';

export interface Totals {
  /** Number of generated schemas. */
  readonly schemas: number;
  /** Number of generated values, and of those that ajv accepts. */
  readonly values: number;
  readonly accepted: number;
}

const valuesPerSchema = 24;

/**
 * Checks the law of generated schemas: a value that the document's schema accepts is accepted by the
 * generated one, without losing a member that the schema names; and the sample that the fake answers is
 * accepted.
 *
 * @throws {Error} with the seed, and a document and value that violate the law
 */
export function checkLaw(numRuns: number, seed?: number): Totals {
  const totals = { schemas: 0, values: 0, accepted: 0 };
  fc.assert(
    fc.property(drawer, fc.constantFrom<Direction>('answer', 'body'), (draw, direction) => {
      const document = drawDocument(draw);
      const oracle = createOracle(document, direction);
      for (const [name, schema] of Object.entries(document.components.schemas)) {
        const root = { ...document };
        const zod = zodOf({ $ref: reference(name) }, root, direction);
        totals.schemas += 1;
        const sample = sampleOf(jsonSchemaOf(zod));
        // Null is the sample of a schema without any valid value, because it requires itself recursively.
        if (sample !== null && !zod.safeParse(sample).success)
          throw new Error(
            `${name} ${JSON.stringify(document)}\nits sample ${JSON.stringify(sample)} is rejected`,
          );
        for (let count = 0; count < valuesPerSchema; count++) {
          const value: unknown = JSON.parse(JSON.stringify(drawValue(draw, document, schema)));
          totals.values += 1;
          if (!oracle.accepts(name, value)) continue;
          totals.accepted += 1;
          const { success, data, error } = zod.safeParse(value);
          const lost = success ? oracle.lost(name, value, data) : [];
          if (!success || lost.length > 0)
            throw new Error(
              `${direction} ${name} ${JSON.stringify(document)}\nvalue ${JSON.stringify(value)}\n${error ? `rejected: ${error.message}` : lost.join('\n')}`,
            );
        }
      }
    }),
    // Shrinking documents of this size takes minutes and gains little.
    { numRuns, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
  );
  return totals;
}
