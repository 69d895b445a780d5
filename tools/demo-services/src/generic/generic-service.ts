import { jsonSchemaOf, sampleOf, type ServiceInfo } from '@bff/upstream-clients';
import { z } from 'zod';
import { aWhile } from '../cacheable.ts';
import { wrongType } from '../fault-effects.ts';
import type { Route, Service } from '../service.ts';

type Operation = ServiceInfo['operations'][string];

/** Simulates a service by its declaration alone: every operation answers one sample of its response schema. */
export const genericService = ({ operations }: Pick<ServiceInfo, 'operations'>): Service => ({
  tables: '',
  fill: () => undefined,
  routes: Object.values(operations).map(routeOf),
});

function routeOf(operation: Operation): Route {
  const { method, path, response } = operation;
  const sample = response && sampleOf(jsonSchemaOf(response));
  return {
    method,
    pattern: path.replaceAll(/\{(\w+)\}/g, ':$1') as Route['pattern'],
    path: pathOf(path),
    cacheControl: aWhile,
    // The fault that answers members of wrong types must not answer what is valid all the same.
    ...(response?.safeParse(wrongType(sample)).success && { anyObject: true }),
    prepare({ log }) {
      const problem = response?.safeParse(sample).error;
      if (problem)
        log.warn(
          { operation: `${operation.service}.${operation.name}`, problem: z.prettifyError(problem) },
          'the sample does not fit the response schema; give the schema an example with .meta({ example })',
        );
      return () => (response ? { body: sample } : { status: 204 });
    },
  };
}

/** Every name in braces stands for a path segment or a part of one. */
function pathOf(template: string): RegExp {
  const literal = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(
    `^${template
      .split(/\{\w+\}/)
      .map(literal)
      .join('([^/]+)')}$`,
  );
}
