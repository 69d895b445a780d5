import type { IncomingHttpHeaders } from 'node:http';
import type { Deadline, LoopAccount, Outcome, TenantId } from '@bff/service-kit';

/** For whom a call is made, and for how long its answer is of use. Made by the app, once per incoming request. */
export interface CallScope {
  readonly tenant: TenantId;
  /**
   * All by which an upstream may decide what to answer, besides the tenant: subject, roles, client. Calls of one tenant
   * with the same key may be given the same answer. Required, without it calls could be coalesced across identities.
   */
  readonly identityKey: string;
  /** The internal token for one service. Asked for on every call: whoever mints keeps it per session and audience (M6). */
  bearerFor(audience: string): string;
  readonly requestId: string;
  /** W3C trace context of this hop. */
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
  readonly deadline: Deadline;
  /** What the reading of answers is charged to. */
  readonly loopAccount?: LoopAccount | undefined;
}

/** The value of a parameter; an array of a query parameter is sent as a repeated name. */
export type ParameterValue = string | number | boolean | undefined | readonly (string | number | boolean)[];

/**
 * What a caller makes of an answer as soon as it is read. Only that is cached and given to identical calls, so that what a
 * tenant may not see is stored nowhere (F40).
 */
export interface Projection {
  /** Differs wherever something else is made of the same answer. */
  readonly name: string;
  of(value: never): unknown;
  /** Whether what `of` made may be cached. */
  isCacheable(projected: never): boolean;
}

/** What a call adds to the parameters of its operation. */
export interface CallOptions<Body = unknown> {
  /** Sent as JSON, with the operation's content type. */
  readonly body?: Body;
  /** An entity tag, as it came in {@link Outcome} `etag`. */
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  /** Of a read. Default: the caller gets what the upstream sent. */
  readonly projection?: Projection;
}

/** What goes through the stages: a request whose target is known, and what the upstream said beside its answer. */
export interface PreparedRequest extends CallOptions {
  /** Path and query; they contain no space. */
  readonly target: string;
  /** Header parameters, as name, value, name, value. */
  readonly headers: readonly string[];
  /** What is requested: the target, and the header parameters where there are any. */
  readonly resource: string;
  /** Whose answers these are: tenant, identity and service. */
  readonly owner: string;
  /** Owner, resource and projection: reads with the same key may be given the same answer. */
  readonly key: string;
  /** An answer that the upstream may confirm (304) instead of sending it again. */
  readonly known?: KnownAnswer | undefined;
  /** Filled in by the transport, anew with each try. */
  readonly reply: Reply;
}

export interface KnownAnswer {
  readonly kept: { read(): unknown };
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Beside what became of a call, what the upstream said to it. */
export interface Reply {
  /** 0 while there is none. */
  status: number;
  headers: IncomingHttpHeaders;
  /** Length of the body as received. */
  bytes: number;
  /** The body of an answer that was read. */
  text: string | undefined;
  /** Why the answer is a bad response. */
  fault: Fault | undefined;
  /** Whether a connection took the request or a part of it. */
  wasSent: boolean;
  /** Failed without a byte on a connection that was kept alive, and no other was tried. */
  isConnectionFault: boolean;
}

/** What is wrong with an answer that was received. */
export interface Fault {
  readonly kind:
    | 'status'
    | 'content-type'
    | 'content-encoding'
    | 'charset'
    | 'etag'
    | 'empty'
    | 'not-json'
    | 'number'
    | 'schema'
    | 'too-large'
    | 'truncated'
    | 'not-http';
  /** Header field, or path of a member. */
  readonly field?: string | undefined;
}

/** One upstream call. Rejects only on a programming error; all that may happen to a call is an {@link Outcome}. */
export type Call<T> = (request: PreparedRequest, scope: CallScope) => Promise<Outcome<T>>;

/** Wraps a call with one effect. Its options are resolved when it is made, not when it is called. */
export type Stage = <T>(next: Call<T>) => Call<T>;

/** A call as its caller makes it: parameters by name, and what goes beside them. */
export type ClientCall<Output = unknown, Input extends object = object, Body = unknown> = (
  scope: CallScope,
  input: Input,
  options?: CallOptions<Body>,
) => Promise<Outcome<Output>>;
