import { del, get, patch, post, put, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { type DescribedOperation } from '../openapi/describe-operation.ts';
import { type Parameter } from '../openapi/parameters.ts';

const declare = { GET: get, POST: post, PUT: put, PATCH: patch, DELETE: del };
const parametersOf = (parameters: readonly Parameter[]) =>
  Object.fromEntries(parameters.map(({ name }) => [name, z.string()]));

/** Leaves out the operations that the engine would refuse at start. The engine is asked with data, so that nothing generated runs. */
export function checkDeclaration(operations: readonly DescribedOperation[]): {
  readonly operations: readonly DescribedOperation[];
  readonly passedOver: readonly string[];
} {
  const passedOver: string[] = [];
  const accepted = operations.filter(({ name, method, path, query, headers }) => {
    const options = { query: parametersOf(query), headers: parametersOf(headers), response: z.unknown() };
    try {
      service('checked', { address: 'http://127.0.0.1' }, { [name]: declare[method](path as '/', options) });
      return true;
    } catch (error) {
      passedOver.push(`${method} ${path}: ${(error as Error).message}`);
      return false;
    }
  });
  return { operations: accepted, passedOver };
}
