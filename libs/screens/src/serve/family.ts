import type { SourceTiming } from '@bff/aggregation';
import type { Answer, JsonObject, Page, ShapeRequest } from '@bff/shaping';
import type { Request, RequestHandler, Response } from 'express';
import type { AnyScreen } from '../declaration/screen.ts';
import type { Entry } from '../declaration/table.ts';
import type { AnyWrite } from '../declaration/write.ts';

/** An answer with what a family may name it by. */
export interface ScreenAnswer extends Answer {
  /** What was read, spelled alike for requests that mean the same. */
  readonly resource: string;
  /** Name of the shape. */
  readonly variant: string;
  /** `fields=` in its canonical form. */
  readonly selection: string | undefined;
  /** What the tenant may see of an earlier answer to the same request. */
  visible(earlier: JsonObject): JsonObject;
  /** Members of the answer that fallbacks feed, as far as this tenant may know of them. */
  readonly degradedFields: readonly string[] | 'all';
  /** Whose data it is. */
  readonly userId: string;
  /** The upstream's entity tag of a screen that can be changed; undefined when it is stale or there is none. */
  readonly validator: string | undefined;
  /** Of each source of a screen; a write has none. */
  readonly timings: readonly SourceTiming[];
}

/** What is shown now of what a write changes. */
export interface CurrentState {
  readonly answer: ScreenAnswer;
  /** The upstream's entity tag. */
  readonly etag: string | undefined;
}

/** How one client family is served: all that differs between families, as functions. */
export interface Family {
  /** First part of the names of shapes. */
  readonly name: string;
  /** Version of the contract that is served; undefined: answers have one form. */
  readonly version?: string;
  /** Middleware in front of an entry. */
  guardsOf(entry: Entry): readonly RequestHandler[];
  /** `fields=` and the like. @throws {Problem} 400, before any upstream is called */
  readShape(request: Request, entry: Entry): ShapeRequest;
  /** Whose data the request is about. @throws {Problem} when the caller may not */
  userIdOf(request: Request): string;
  /** The page that the request names. @throws {Problem} 400 */
  readPage(request: Request, screen: AnyScreen, shape: ShapeRequest): Page;
  /** Names what a request reads. @param page undefined where the screen is not a page */
  resourceOf(request: Request, entry: Entry, page: Page | undefined): string;
  /** Sends the answers of one screen. */
  senderOf(
    screen: AnyScreen,
  ): (request: Request, response: Response, answer: ScreenAnswer) => Promise<void> | void;
  readonly writes: WriteFamily;
}

/** What differs in writes. */
export interface WriteFamily {
  /** Middleware that reads the body. */
  bodyParsersOf(write: AnyWrite): readonly RequestHandler[];
  /** Whether a write without `Idempotency-Key` is refused. */
  readonly requiresIdempotencyKey: boolean;
  /**
   * `If-Match` in the upstream's terms.
   *
   * @param current reads what is shown now
   * @throws {Problem} `precondition-failed`
   */
  matchOf(
    request: Request,
    ifMatch: string,
    current: () => Promise<CurrentState>,
  ): Promise<string | undefined>;
  /** The `ETag` of what a write with a precondition answers; undefined: none. */
  tagOf(request: Request, answer: ScreenAnswer): Promise<string | undefined>;
  send(request: Request, response: Response, answer: ScreenAnswer): Promise<void> | void;
  /** Answers a write that was made and has nothing to show. Default: 204. */
  sendNothing?(request: Request, response: Response, replayed: boolean): void;
}
