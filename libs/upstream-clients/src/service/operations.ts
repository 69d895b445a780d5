import type { z } from 'zod';
import type { ParameterValue } from '../pipeline/call.ts';
import type { AnyOperation, Delimiter, Method, Operation } from '../pipeline/operation.ts';
import type { BreakerSettings } from '../resilience/breaker-settings.ts';

/**
 * The core type of a schema: inferring through all methods of `ZodType` costs the compiler ten times as much,
 * which is most of its work for a registry of many services.
 */
type Schema<Output = unknown> = z.core.$ZodType<Output>;
type Parameters = Readonly<Record<string, z.core.$ZodType<unknown, ParameterValue>>>;

/** Options of an operation beside its method and path. */
export interface OperationOptions<Query extends Parameters, Headers extends Parameters, Body, Output> {
  /**
   * Query parameters by name. An undefined value is not sent unless its schema has a default; an array is
   * sent as a repeated name.
   */
  readonly query?: Query;
  /** Query parameters whose array is sent as one value, with the character between its items. */
  readonly joined?: { readonly [Name in keyof NoInfer<Query>]?: Delimiter };
  /** Request header fields by name, with the rules of `query`; fields that the pipeline sets are rejected. */
  readonly headers?: Headers;
  /** Schema of the request body. */
  readonly body?: Schema<Body>;
  /** Media type of the request body. Default: `application/json`. */
  readonly contentType?: string;
  /** Media type of the answer, for services with another JSON type. Default: `application/json`. */
  readonly accept?: string;
  /** Schema of the answer; members that it does not name are dropped. Without it the body is not read. */
  readonly response?: Schema<Output>;
  /** Overrides of the service's breaker. */
  readonly breaker?: Partial<BreakerSettings>;
  /** Longest duration of one call, in milliseconds. Default: the budget of the service. */
  readonly budgetMs?: number;
}

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;
type OptionalNames<P extends Parameters> = {
  [Name in keyof P]: undefined extends z.input<P[Name]> ? Name : never;
}[keyof P];
type ParameterInput<P extends Parameters> = {
  readonly [Name in Exclude<keyof P, OptionalNames<P>>]: z.input<P[Name]>;
} & { readonly [Name in OptionalNames<P>]?: z.input<P[Name]> };
type Flat<T> = { [Name in keyof T]: T[Name] };
type InputFor<Path extends string, Query extends Parameters, Headers extends Parameters> = Flat<
  { readonly [Name in PathNames<Path>]: string } & ParameterInput<Query> & ParameterInput<Headers>
>;

/** An operation before `service` binds it to its service. */
export type UnboundOperation<Output = unknown, Input extends object = object, Body = unknown> = Omit<
  Operation<Output, Input, Body>,
  'service' | 'name' | 'breaker' | 'budgetMs'
> & { readonly breaker: Partial<BreakerSettings>; readonly budgetMs: number | undefined };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as AnyOperation
export type AnyUnboundOperation = UnboundOperation<any, any, any>;

type NoParameters = Readonly<Record<never, never>>;

/** A successful write whose answer has no usable body has the value undefined, because the write was made. */
type Answered<M extends Method, Output> = M extends 'GET' ? Output : Output | undefined;

const declare =
  <M extends Method>(method: M) =>
  <
    const Path extends `/${string}`,
    Output = undefined,
    Query extends Parameters = NoParameters,
    Headers extends Parameters = NoParameters,
    Body = never,
  >(
    path: Path,
    options: OperationOptions<Query, Headers, Body, Output> = {},
    // NoInfer: without it `service` infers `any` for a body or an answer that is not declared.
  ): UnboundOperation<NoInfer<Answered<M, Output>>, InputFor<Path, Query, Headers>, NoInfer<Body>> => {
    const {
      query = {},
      headers = {},
      body,
      joined = {},
      contentType = 'application/json',
      accept = 'application/json',
      response,
      breaker = {},
      budgetMs,
    } = options;
    const operation = {
      method,
      path,
      query,
      joined,
      headers,
      body,
      contentType,
      accept,
      response,
      breaker,
      budgetMs,
    };
    return operation as never;
  };

/**
 * Declares a read: retried, coalesced and cached.
 * @example get('/things/{thingId}', { response: thing })
 */
export const get = declare('GET');
/**
 * Declares a write with a body.
 * @example post('/things', { body: newThing, response: thing })
 */
export const post = declare('POST');
/**
 * Declares a replacement.
 * @example put('/things/{thingId}', { body: thing, response: thing })
 */
export const put = declare('PUT');
/**
 * Declares a partial change.
 * @example patch('/things/{thingId}', { body: change, contentType: 'application/merge-patch+json', response: thing })
 */
export const patch = declare('PATCH');
/**
 * Declares a removal.
 * @example del('/things/{thingId}')
 */
export const del = declare('DELETE');

/** Header fields that the pipeline sets: no parameter may have one of these names. */
const ownHeaders = new Set([
  'authorization',
  'x-internal-bff',
  'x-tenant-id',
  'traceparent',
  'tracestate',
  'x-request-id',
  'x-request-timeout-ms',
  'accept',
  'accept-encoding',
  'content-type',
  'content-length',
  'if-none-match',
  'if-modified-since',
  'if-match',
  'idempotency-key',
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'cookie',
  'te',
  'upgrade',
  'expect',
]);
/**
 * Matches a path (RFC 3986, section 3.3) with names in braces. Excludes `?` and spaces, which would end the
 * path or the request target.
 */
const pathSyntax = /^\/(?:[\w.~!$&'()*+,;=:@/-]|%[\dA-Fa-f]{2}|\{[A-Za-z]\w*\})*$/;
const headerSyntax = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Validates path and parameters.
 * @throws {TypeError} when the path is invalid, two parameters have one name, a name is a member of every
 * object, or a header field belongs to the pipeline
 */
export function checkParameters({
  path,
  query,
  headers,
}: Pick<AnyOperation, 'path' | 'query' | 'headers'>): void {
  if (!pathSyntax.test(path)) throw new TypeError(`"${path}" is not a path with names in braces`);
  const names = [
    ...[...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name),
    ...Object.keys(query),
    ...Object.keys(headers),
  ];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  // Inherited members would be sent when the caller leaves the parameter out.
  const inherited = names.find((name) => name in Object.prototype);
  if (inherited !== undefined)
    throw new TypeError(`${path}: no parameter can be named "${inherited}", because every object has it`);
  if (twice !== undefined) throw new TypeError(`${path}: two parameters have the name "${twice}"`);
  const fields = new Set<string>();
  for (const name of Object.keys(headers)) {
    if (!headerSyntax.test(name)) throw new TypeError(`${path}: "${name}" is not the name of a header field`);
    const field = name.toLowerCase();
    if (ownHeaders.has(field))
      throw new TypeError(`${path}: the header field "${name}" is set by the pipeline`);
    if (fields.has(field)) throw new TypeError(`${path}: two parameters are the header field "${field}"`);
    fields.add(field);
  }
}
