import { type Degradation } from '@bff/service-kit';
import { type JsonObject } from './json.ts';

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
   * Further headers. Those of the content, the `ETag` of a read, and of `Cache-Control` all but `no-transform` are the
   * sender's business: what is given for them is not sent. `Vary` is added to.
   */
  readonly headers?: Readonly<Record<string, string>>;
  readonly serverTiming?: readonly Timing[];
  /**
   * A token for this scope and view that was made elsewhere (differential sync), in place of our own: a keyed MAC in
   * base64url, another one whenever the view or the scope is another.
   */
  readonly token?: string;
}
