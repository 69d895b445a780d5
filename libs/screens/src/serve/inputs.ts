import { resourceId, type Page } from '@bff/shaping';
import { type Request } from 'express';
import { type Row } from '../declaration/table.ts';
import { type Inputs } from '../sources/scope.ts';

/** The parameters of the path by name. @throws {Problem} `not-found` when nothing can have such a name */
export function pathInputs({ params }: Request, { parameters }: Row): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const name of parameters) inputs[name] = resourceId(params[name]);
  return inputs;
}

/** What operations take by name. */
export const inputsOf = (
  path: Readonly<Record<string, string>>,
  userId: string,
  page: Page | undefined,
): Inputs => (page ? { ...path, userId, limit: page.limit, cursor: page.cursor } : { ...path, userId });
