import { del, get, patch, post, put, service } from '@bff/upstream-clients';
import { z } from 'zod';
import type { DescribedOperation } from '../openapi/describe-operation.ts';
import type { SkippedOperation } from '../openapi/described-service.ts';
import type { Parameter } from '../openapi/parameters.ts';

const declare = { GET: get, POST: post, PUT: put, PATCH: patch, DELETE: del };
const parametersOf = (parameters: readonly Parameter[]) =>
  Object.fromEntries(parameters.map(({ name }) => [name, z.string()]));

/**
 * Removes operations that the engine would reject at start. Declares the operations by calling the engine, so
 * that no generated code runs.
 */
export function checkDeclaration(operations: readonly DescribedOperation[]): {
  readonly operations: readonly DescribedOperation[];
  readonly skipped: readonly SkippedOperation[];
} {
  const skipped: SkippedOperation[] = [];
  const accepted = operations.filter(({ name, method, path, query, headers, tags }) => {
    const options = { query: parametersOf(query), headers: parametersOf(headers), response: z.unknown() };
    try {
      service('checked', { address: 'http://127.0.0.1' }, { [name]: declare[method](path as '/', options) });
      return true;
    } catch (error) {
      skipped.push({ name, request: `${method} ${path}`, tags, reason: (error as Error).message });
      return false;
    }
  });
  return { operations: accepted, skipped };
}
