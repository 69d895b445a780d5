import type { IncomingHttpHeaders } from 'node:http';
import type { Deadline, LoopAccount, Outcome, TenantId } from '@bff/service-kit';

/** Identity and deadline of a call. The app creates one scope per incoming request. */
export interface CallScope {
  readonly tenant: TenantId;
  /**
   * Everything besides the tenant on which an answer may depend: subject, roles, client. Calls of one tenant
   * with the same key may share an answer. Required: without it calls could be coalesced across identities.
   */
  readonly identityKey: string;
  /**
   * Returns the internal token for one service. Called for every upstream call, so the issuer caches tokens
   * per session and audience (M6).
   */
  bearerFor(audience: string): string;
  readonly requestId: string;
  /** W3C trace context of this hop. */
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
  readonly deadline: Deadline;
  /** Account to which the event-loop time of parsing answers is charged. */
  readonly loopAccount?: LoopAccount | undefined;
}

/** The value of a parameter; an array of a query parameter is sent as a repeated name. */
export type ParameterValue = string | number | boolean | undefined | readonly (string | number | boolean)[];

/**
 * Reduces an answer to the part that its caller needs, immediately after parsing. Only the projected value is
 * cached and shared with coalesced calls, so members that a tenant may not see are stored nowhere (F40).
 */
export interface Projection {
  /** Unique among the projections of the same answer. */
  readonly name: string;
  of(value: never): unknown;
  /** Whether a projected value may be cached. */
  isCacheable(projected: never): boolean;
  /** Returns the JSON text of a projected value. Default: that of `JSON.stringify`. */
  textOf?(projected: never): string;
}

/** Options of a call beside the parameters of its operation. */
export interface CallOptions<Body = unknown> {
  /** Sent as JSON, with the operation's content type. */
  readonly body?: Body;
  /** An entity tag from the `etag` of an {@link Outcome}. */
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
  /** Projection of the answer to a read. Default: the caller gets the value that the upstream sent. */
  readonly projection?: Projection;
}

/** The request that passes through the stages: its resolved target, and the upstream's reply. */
export interface PreparedRequest extends CallOptions {
  /** Path and query, without spaces. */
  readonly target: string;
  /** Header parameters, alternating names and values. */
  readonly headers: readonly string[];
  /** The target, followed by the header parameters if there are any. */
  readonly resource: string;
  /** Tenant, identity and service. */
  readonly owner: string;
  /** Owner, resource and projection: reads with the same key may share an answer. */
  readonly key: string;
  /** A stored answer that the upstream may confirm (304) instead of sending it again. */
  readonly known?: KnownAnswer | undefined;
  /** Details of the upstream's response, which the transport sets anew for each try. */
  readonly reply: Reply;
}

export interface KnownAnswer {
  readonly kept: { read(): unknown };
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Details of the upstream's response, in addition to the outcome of the call. */
export interface Reply {
  /** 0 until a status has arrived. */
  status: number;
  headers: IncomingHttpHeaders;
  /** Length of the body as received. */
  bytes: number;
  /** The decoded body of an answer. */
  text: string | undefined;
  /** Why the answer is a bad response. */
  fault: Fault | undefined;
  /** Whether a connection accepted the request or part of it. */
  wasSent: boolean;
  /** The call failed without a byte of answer on a kept-alive connection, and no new connection was tried. */
  isConnectionFault: boolean;
}

/** Why an answer could not be used. */
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

/** One upstream call. Rejects only on a programming error; every other result is an {@link Outcome}. */
export type Call<T> = (request: PreparedRequest, scope: CallScope) => Promise<Outcome<T>>;

/** Wraps a call with one effect. Its options are resolved when it is created, not per call. */
export type Stage = <T>(next: Call<T>) => Call<T>;

/** A call as its caller sees it: parameters by name, then options. */
export type ClientCall<Output = unknown, Input extends object = object, Body = unknown> = (
  scope: CallScope,
  input: Input,
  options?: CallOptions<Body>,
) => Promise<Outcome<Output>>;
