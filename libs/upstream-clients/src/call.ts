import type { Deadline, Outcome, TenantId } from '@bff/service-kit';

/** For whom a call is made, and for how long its answer is of use. Made by the app, once per incoming request. */
export interface CallScope {
  readonly tenant: TenantId;
  /** The internal token for one service. Asked for once per call: whoever mints keeps it per session and audience (M6). */
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

/** One upstream call. Rejects only on a programming error; all that may happen to a call is an {@link Outcome}. */
export type Call<T> = (request: UpstreamRequest, scope: CallScope) => Promise<Outcome<T>>;

/** Wraps a call with one effect. Its options are resolved when it is made, not when it is called. */
export type Stage = <T>(next: Call<T>) => Call<T>;
