import type { ZodType } from 'zod';
import type { BreakerSettings } from '../resilience/breaker-settings.ts';

/** Separates the items of an array that is sent as one query value. */
export type Delimiter = ',' | '|' | ' ';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One request of a service, as the pipeline compiles it. Created by `get`, `post`, `put`, `patch` or `del`
 * and completed by `service`.
 *
 * `Input` is the union of path, query and header parameters, by name; `Body` is `never` for a request without
 * one.
 */
export interface Operation<Output = unknown, Input extends object = object, Body = unknown> {
  /** Label of metrics and logs: the name in the registry. */
  readonly service: string;
  /** Label of metrics and logs; unique within its service. */
  readonly name: string;
  readonly method: Method;
  /** Path template such as `/things/{thingId}`: every name in braces is one path segment. */
  readonly path: string;
  /** Schemas of the query parameters, in the order in which they are sent. */
  readonly query: Readonly<Record<string, ZodType>>;
  /** The query parameters whose array is sent as one value. */
  readonly joined: Readonly<Record<string, Delimiter>>;
  /** Schemas of the header parameters. */
  readonly headers: Readonly<Record<string, ZodType>>;
  /** Schema of the request body; undefined for a request without a body. */
  readonly body: ZodType<Body> | undefined;
  /** Media type of the request body. */
  readonly contentType: string;
  /** Media type of the answer. */
  readonly accept: string;
  /** Schema of the answer; members that it does not name are dropped. Undefined: the answer has no body. */
  readonly response: ZodType<Output> | undefined;
  readonly breaker: BreakerSettings;
  /** Longest duration of one call, in milliseconds. */
  readonly budgetMs: number;
  /** For type inference only, never set. */
  readonly input?: Input;
}

/** An operation of any service, for code that depends on neither its parameters nor its answer. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `unknown` would not accept a narrower one in every position
export type AnyOperation = Operation<any, any, any>;

/** A read, which always has a response schema. */
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
