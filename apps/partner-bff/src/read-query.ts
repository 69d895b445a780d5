import { Problem, type ProblemType } from '@bff/service-kit';
import type { Request } from 'express';
import type { z } from 'zod';

const problemOf: Readonly<Record<string, ProblemType>> = {
  fields: 'invalid-fields',
  cursor: 'invalid-cursor',
};

/**
 * Parses the query by the schema.
 * @throws {Problem} 400, naming the parameter
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, request: Request): z.output<Schema> {
  const { success, data, error } = schema.safeParse(request.query);
  if (success) return data;
  const [issue] = error.issues;
  const name = String(issue?.path[0]);
  const repeated = Array.isArray(request.query[name]);
  throw new Problem(problemOf[name] ?? 'bad-request', {
    detail: `${name} ${repeated ? 'must not be repeated' : issue?.message}`,
  });
}
