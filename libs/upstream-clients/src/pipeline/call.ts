import type { IncomingHttpHeaders } from 'node:http';
import type { Deadline, Outcome, TenantId } from '@bff/service-kit';

/** For whom a call is made, and for how long its answer is of use. Made by the app, once per incoming request. */
export interface CallScope {
  readonly tenant: TenantId;
  /**
   * All by which an upstream may decide what to answer, besides the tenant: subject, roles, client. Calls of one tenant
   * with the same key may be given the same answer. Required, lest a call be shared for want of somebody whose it is.
   */
  readonly identityKey: string;
  /** The internal token for one service. Asked for on every call: whoever mints keeps it per session and audience (M6). */
  bearerFor(audience: string): string;
  readonly requestId: string;
  /** W3C trace context of this hop. */
  readonly traceparent: string;
  readonly deadline: Deadline;
}

/** What one call adds to its operation. */
export interface UpstreamRequest {
  /** Values of the `{names}` in the operation's path. */
  readonly params: Readonly<Record<string, string>>;
  /** Members that are undefined are not sent. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON, with the operation's content type. */
  readonly body?: unknown;
  /** An entity tag, as it came in {@link Outcome} `etag`. */
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
}

/** What goes through the stages: a request whose target is known, and what the upstream said beside its answer. */
export interface PreparedRequest extends Omit<UpstreamRequest, 'params' | 'query'> {
  /** Path and query; they contain no space. */
  readonly target: string;
  /** Whose answers these are: tenant, identity and service. */
  readonly owner: string;
  /** Owner and target: reads with the same key may be given the same answer. */
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
}

/** One upstream call. Rejects only on a programming error; all that may happen to a call is an {@link Outcome}. */
export type Call<T> = (request: PreparedRequest, scope: CallScope) => Promise<Outcome<T>>;

/** Wraps a call with one effect. Its options are resolved when it is made, not when it is called. */
export type Stage = <T>(next: Call<T>) => Call<T>;

/** A call as a client makes it. */
export type Ask<T> = (request: UpstreamRequest, scope: CallScope) => Promise<Outcome<T>>;
