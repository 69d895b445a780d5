import type { Degradation } from '@bff/service-kit';
import type { SourceCacheUse } from './cache-status.ts';
import type { JsonObject } from '../view/json.ts';

/** One entry of `Server-Timing`. */
export interface Timing {
  /** A token (RFC 9110), such as the name of a source. */
  readonly name: string;
  readonly durationMs: number;
  readonly description?: string;
}

/** The answer of a screen before it is serialized. */
export interface Answer {
  readonly view: JsonObject;
  /** Degraded sources; empty when every source answered. */
  readonly degraded: readonly Degradation[];
  /**
   * Everything that distinguishes this answer from others: tenant, subject, client family, route and query,
   * fields, shape, version. Answers with the same scope and view have the same tag.
   */
  readonly scope: readonly string[];
  /** HTTP status. Default 200. */
  readonly status?: number;
  /**
   * When the data was last modified: milliseconds since 1970, in whole seconds. Sent as `Last-Modified` with
   * complete reads, unless access to the data changed later (see `SenderOptions.accessDate`). Default:
   * unknown, and not sent.
   */
  readonly lastModified?: number | undefined;
  /**
   * Additional header fields. The sender overrides fields that describe the content, the validators of a
   * read, and everything in `Cache-Control` except `no-transform`. `Vary` is merged.
   */
  readonly headers?: Readonly<Record<string, string>>;
  readonly serverTiming?: readonly Timing[];
  /** Sent as `Cache-Status` (RFC 9211). */
  readonly cacheStatus?: readonly SourceCacheUse[];
  /**
   * A token created elsewhere for this scope and view (differential sync), used instead of the sender's: a
   * keyed MAC in base64url that changes with the view and the scope.
   */
  readonly token?: string;
  /** The serialized view, when `token` identifies exactly these bytes. Default: serialized from the view. */
  readonly json?: string;
  /**
   * Whether the members of the view are scalars and objects of the response cache, which do not change. Then
   * the sender caches what it sends, and reuses it for a view of the same members. Default: false.
   */
  readonly isFromCache?: boolean;
}

/** A patch from the client's stored view, sent instead of the answer: 226 (RFC 3229, section 10.4.1). */
export interface Delta {
  readonly body: string;
  /** Value of `Content-Type`. */
  readonly type: string;
  /** The `ETag` field, which identifies the client's view after the patch, even if that view is degraded. */
  readonly etag: string;
  /** `IM` and other fields of the format, sent instead of those of the answer. */
  readonly headers: Readonly<Record<string, string>>;
}
