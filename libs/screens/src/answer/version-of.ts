import type { JsonObject } from '@bff/shaping';
import type { z } from 'zod';
import type { VersionedAnswer } from '../declaration/answer.ts';
import { compileProjection } from './projection.ts';

/**
 * Declares a version of a contract whose answer is the view without the members that the schema does not
 * name.
 * @example answers: { v1: versionOf(thing), v2: versionOf(thing.extend({ weight: z.number() })) }
 */
export function versionOf(schema: z.ZodType): VersionedAnswer<object> {
  const project = compileProjection(schema);
  return { schema, of: (view) => (project ? (project(view as JsonObject) as object) : view) };
}
