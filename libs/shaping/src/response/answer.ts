import type { Degradation } from '@bff/service-kit';
import type { SourceCacheUse } from './cache-status.ts';
import type { JsonObject } from '../view/json.ts';

/** One entry of `Server-Timing`. */
export interface Timing {
  /** A token, such as the name of a source. */
  readonly name: string;
  readonly durationMs: number;
  readonly description?: string;
}

/** What a screen answers, before anybody thinks of bytes. */
export interface Answer {
  readonly view: JsonObject;
  /** Empty when every source answered. */
  readonly degraded: readonly Degradation[];
  /**
   * All that makes this answer another one than somebody else's: tenant, subject, client family, route and query,
   * fields, shape, version. Two answers of one scope and one view have one tag.
   */
  readonly scope: readonly string[];
  /** Default 200. */
  readonly status?: number;
  /**
   * When the data was last modified: milliseconds since 1970, in whole seconds. Sent as `Last-Modified` with complete reads,
   * unless access to the data changed later (see `SenderOptions.accessDate`). Default: unknown, and not sent.
   */
  readonly lastModified?: number | undefined;
  /**
   * Further headers. Those of the content, the validators of a read, and of `Cache-Control` all but `no-transform` are the
   * sender's business: what is given for them is not sent. `Vary` is added to.
   */
  readonly headers?: Readonly<Record<string, string>>;
  readonly serverTiming?: readonly Timing[];
  /** Told in `Cache-Status` (RFC 9211). */
  readonly cacheStatus?: readonly SourceCacheUse[];
  /**
   * A token for this scope and view that was made elsewhere (differential sync), in place of our own: a keyed MAC in
   * base64url, another one whenever the view or the scope is another.
   */
  readonly token?: string;
  /** The view as JSON where a token made elsewhere names exactly these bytes; default: the view as it is. */
  readonly json?: string;
}

/** A difference from what the client has, sent in place of an answer: 226 (RFC 3229, section 10.4.1). */
export interface Delta {
  readonly body: string;
  /** Value of `Content-Type`. */
  readonly type: string;
  /** Names what the client has afterwards, also when that is degraded. */
  readonly etag: string;
  /** `IM`, and what else the format needs; those of the answer are not sent. */
  readonly headers: Readonly<Record<string, string>>;
}
