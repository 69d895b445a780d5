import { jsonSchemaOf, sampleOf, type ServiceInfo } from '@bff/upstream-clients';
import { z } from 'zod';
import { aWhile } from '../cacheable.ts';
import { wrongType } from '../fault-effects.ts';
import type { Route, Service } from '../service.ts';

type Operation = ServiceInfo['operations'][string];

/**
 * Creates a fake from a service's declaration alone: every operation answers a sample of its response schema.
 */
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
    // Sets `anyObject` if the schema accepts members of another type, so that `wrong-type` sends another
    // answer.
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

/** Returns a regular expression for a path template: a name in braces matches a segment or a part of one. */
function pathOf(template: string): RegExp {
  const literal = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(
    `^${template
      .split(/\{\w+\}/)
      .map(literal)
      .join('([^/]+)')}$`,
  );
}
