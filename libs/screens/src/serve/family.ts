import type { SourceTiming } from '@bff/aggregation';
import type { Answer, JsonObject, Page, ShapeRequest } from '@bff/shaping';
import type { Request, RequestHandler, Response } from 'express';
import type { AnyScreen } from '../declaration/screen.ts';
import type { Entry } from '../declaration/table.ts';
import type { AnyWrite } from '../declaration/write.ts';

/** An answer with everything by which a family identifies its representation. */
export interface ScreenAnswer extends Answer {
  /** Name of the resource, identical for equivalent requests. */
  readonly resource: string;
  /** Name of the shape. */
  readonly variant: string;
  /** `fields=` in its canonical form. */
  readonly selection: string | undefined;
  /** Filters an earlier answer to the same request by the tenant's current policy. */
  visible(earlier: JsonObject): JsonObject;
  /** Members of the answer that hold fallbacks, as far as this tenant may see them. */
  readonly degradedFields: readonly string[] | 'all';
  /** The user that the answer belongs to. */
  readonly userId: string;
  /** The upstream's entity tag of a screen that can be changed; undefined when it is stale or absent. */
  readonly validator: string | undefined;
  /** Timings of a screen's sources; empty for a write. */
  readonly timings: readonly SourceTiming[];
}

/** The current representation of the resource that a write changes. */
export interface CurrentState {
  readonly answer: ScreenAnswer;
  /** The upstream's entity tag. */
  readonly etag: string | undefined;
}

/** Everything that differs between client families, as functions. */
export interface Family {
  /** Prefix of the names of shapes, such as `mobile` of `mobile/thing/1`. */
  readonly name: string;
  /** Version of the contract that is served; undefined when answers have one form. */
  readonly version?: string;
  /** Returns the middleware in front of an entry. */
  guardsOf(entry: Entry): readonly RequestHandler[];
  /** Parses `fields=` and the like. @throws {Problem} 400, before any upstream call */
  readShape(request: Request, entry: Entry): ShapeRequest;
  /** Returns the user whose data is requested. @throws {Problem} when the caller has no access to it */
  userIdOf(request: Request): string;
  /** Parses the requested page. @throws {Problem} 400 */
  readPage(request: Request, screen: AnyScreen, shape: ShapeRequest): Page;
  /**
   * Returns the name of the resource that a request reads. @param page undefined when the screen is not a
   * page
   */
  resourceOf(request: Request, entry: Entry, page: Page | undefined): string;
  /** Creates the function that sends the answers of one screen. */
  senderOf(
    screen: AnyScreen,
  ): (request: Request, response: Response, answer: ScreenAnswer) => Promise<void> | void;
  readonly writes: WriteFamily;
}

/** The parts of writes that differ between families. */
export interface WriteFamily {
  /** Returns the middleware that parses the body. */
  bodyParsersOf(write: AnyWrite): readonly RequestHandler[];
  /** Whether a write without `Idempotency-Key` is rejected. */
  readonly requiresIdempotencyKey: boolean;
  /**
   * Converts `If-Match` to the upstream's entity tag.
   * @param current reads the current representation
   * @throws {Problem} `precondition-failed`
   */
  matchOf(
    request: Request,
    ifMatch: string,
    current: () => Promise<CurrentState>,
  ): Promise<string | undefined>;
  /**
   * Returns the `ETag` for the answer of a write with a precondition; undefined: the answer has no `ETag`.
   */
  tagOf(request: Request, answer: ScreenAnswer): Promise<string | undefined>;
  send(request: Request, response: Response, answer: ScreenAnswer): Promise<void> | void;
  /** Answers a successful write without content. Default: 204. */
  sendNothing?(request: Request, response: Response, replayed: boolean): void;
}
