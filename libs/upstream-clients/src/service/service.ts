import {
  breakerSettings,
  parseBreakerSettings,
  type BreakerSettings,
} from '../resilience/breaker-settings.ts';
import type { BulkheadSettings } from '../resilience/bulkhead-settings.ts';
import {
  defaultBudgetMs,
  type AnyOperation,
  type BodyOf,
  type InputOf,
  type Operation,
  type OutputOf,
} from '../pipeline/operation.ts';
import { checkParameters, type AnyUnboundOperation, type UnboundOperation } from './operations.ts';

export interface ServiceOptions {
  /** Base URL in development; in production `<NAME>_SERVICE_URL` is required. */
  readonly address: string;
  /** Audience of the internal tokens. Default: `<name>-service`. */
  readonly audience?: string;
  /** Overrides of the default breaker, for all operations. */
  readonly breaker?: Partial<BreakerSettings>;
  /** Longest duration of one call, in milliseconds. Default: 2,000. */
  readonly budgetMs?: number;
  /** Overrides of the bulkhead settings that apply to every service. */
  readonly bulkhead?: Partial<BulkheadSettings>;
}

/** Properties of a service that the registry needs in addition to its operations. */
export interface ServiceInfo {
  readonly name: string;
  readonly address: string;
  readonly audience: string;
  readonly bulkhead: Partial<BulkheadSettings>;
  readonly operations: Readonly<Record<string, AnyOperation>>;
}

/**
 * Key under which a service keeps its {@link ServiceInfo}: a symbol, so that no operation can have that name.
 */
export const info: unique symbol = Symbol('service');

type Bound<O> =
  O extends UnboundOperation<infer Output, infer Input, infer Body> ? Operation<Output, Input, Body> : never;

/** The operations of a service by name, with its {@link ServiceInfo}. */
export type Service<Operations = Readonly<Record<string, AnyOperation>>> = Operations & {
  readonly [info]: ServiceInfo;
};

const nameSyntax = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const operationSyntax = /^[a-z][A-Za-z0-9]*$/;

/**
 * Declares a service: the only place that names its paths, schemas and breakers.
 * @param name one word, or words joined by hyphens; `<NAME>_SERVICE_URL`, the metrics label and the audience
 * follow from it
 * @throws {TypeError} when a name, a parameter or a breaker is invalid, with the reason
 * @example export const thing = service('thing', { address: 'http://127.0.0.1:8080' }, { byId: get('/things/{thingId}', { response }) })
 */
export function service<const Operations extends Readonly<Record<string, AnyUnboundOperation>>>(
  name: string,
  options: ServiceOptions,
  operations: Operations,
): Service<{ readonly [Name in keyof Operations]: Bound<Operations[Name]> }> {
  const refuse = (reason: string): never => {
    throw new TypeError(`service "${name}": ${reason}`);
  };
  if (!nameSyntax.test(name)) refuse('a name is lowercase words joined by hyphens');
  if (Object.keys(operations).length === 0) refuse('it has no operation');
  const { address, audience = `${name}-service`, budgetMs = defaultBudgetMs, bulkhead = {} } = options;
  const bound = Object.fromEntries(
    Object.entries(operations).map(([operationName, each]) => {
      if (!operationSyntax.test(operationName)) refuse(`"${operationName}" is not the name of an operation`);
      try {
        checkParameters(each);
      } catch (error) {
        refuse(`operation "${operationName}": ${(error as Error).message}`);
      }
      if (each.method === 'GET' && !each.response)
        refuse(`operation "${operationName}": a read needs a response schema`);
      // The keys of cache and single flight hold target and headers, not the body.
      if (each.method === 'GET' && each.body) refuse(`operation "${operationName}": a read has no body`);
      const operation: AnyOperation = {
        ...each,
        service: name,
        name: operationName,
        breaker: parseBreakerSettings(
          `${name}.${operationName}`,
          breakerSettings({ ...options.breaker, ...each.breaker }),
        ),
        budgetMs: each.budgetMs ?? budgetMs,
      };
      return [operationName, Object.freeze(operation)];
    }),
  );
  const own: ServiceInfo = { name, address, audience, bulkhead, operations: bound };
  return Object.freeze({ ...bound, [info]: own }) as never;
}

export type { AnyOperation, BodyOf, InputOf, OutputOf };
