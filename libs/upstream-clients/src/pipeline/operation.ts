import type { ZodType } from 'zod';
import type { BreakerSettings } from '../resilience/breaker-settings.ts';

/** Between the items of an array that is one value of a query. */
export type Delimiter = ',' | '|' | ' ';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One request that a service understands, as the pipeline compiles it. Made by `get`, `post`, `put`, `patch` or `del` and
 * completed by `service`.
 *
 * `Input` is the union of path, query and header parameters, by name; `Body` is `never` where there is none.
 */
export interface Operation<Output = unknown, Input extends object = object, Body = unknown> {
  /** Label of metrics and logs: the name in the registry. */
  readonly service: string;
  /** Label of metrics and logs; unique within its service. */
  readonly name: string;
  readonly method: Method;
  /** `/things/{thingId}`: every name in braces is one path segment. */
  readonly path: string;
  /** Schemas of the query parameters, in the order in which they are sent. */
  readonly query: Readonly<Record<string, ZodType>>;
  /** Of the query parameters whose array is one value. */
  readonly joined: Readonly<Record<string, Delimiter>>;
  /** Schemas of the header parameters. */
  readonly headers: Readonly<Record<string, ZodType>>;
  /** Undefined: the request has no body. */
  readonly body: ZodType<Body> | undefined;
  /** Media type of the request's body. */
  readonly contentType: string;
  /** Media type of the answer. */
  readonly accept: string;
  /** What an answer must look like; members that it does not name are dropped. Undefined: the answer has no body. */
  readonly response: ZodType<Output> | undefined;
  readonly breaker: BreakerSettings;
  /** The longest that one call may take, in milliseconds. */
  readonly budgetMs: number;
  /** For the compiler alone, never set. */
  readonly input?: Input;
}

/** An operation of any service, for code that does not care what it takes and gives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `unknown` would not accept a narrower one in every position
export type AnyOperation = Operation<any, any, any>;

/** A read: it has an answer. */
export type ReadOperation<T> = AnyOperation & { readonly response: ZodType<T> };

export type OutputOf<O extends AnyOperation> = O extends {
  readonly response: ZodType<infer Output> | undefined;
}
  ? Output
  : never;
export type InputOf<O extends AnyOperation> = NonNullable<O['input']>;
export type BodyOf<O extends AnyOperation> = O extends { readonly body: ZodType<infer Body> | undefined }
  ? Body
  : never;

/** Default of {@link Operation.budgetMs}. */
export const defaultBudgetMs = 2_000;
