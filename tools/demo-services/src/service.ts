import type { IncomingHttpHeaders } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import type { InternalClaims } from '@bff/auth-delegation';
import type { Logger } from '@bff/service-kit';
import type { Method } from '@bff/upstream-clients';
import type { Answer } from './http/answer.ts';
import type { Random } from './random.ts';

/** A request whose caller is known and may speak for the user of the path, if the path names one. */
export interface Call {
  readonly caller: InternalClaims;
  /** The first parameter of the route's path, decoded. Empty when there is none. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

export interface Resources {
  readonly database: DatabaseSync;
  readonly random: Random;
  /** Median, in milliseconds. */
  readonly slowDelayMs: number;
  readonly log: Logger;
}

export interface Route {
  readonly method: Method;
  /** Name of the route in faults and call counts: `/api/v1/users/:id`. Only the first `:name` is handed on. */
  readonly pattern: `/${string}`;
  /** The paths of the route; its first group is the first parameter. Default: those that fit the pattern. */
  readonly path?: RegExp;
  /** The first parameter of the path is a user: the token must be theirs. */
  readonly isOfUser?: true;
  /** Of a read, where the service is told `by-route`. */
  readonly cacheControl?: string;
  /** Every JSON object is a legal body of this route, so only something else than an object is of the wrong type. */
  readonly anyObject?: true;
  /** Called once, at start: statements are compiled here. @throws {Problem} from the returned handler */
  readonly prepare: (resources: Resources) => (call: Call) => Answer | Promise<Answer>;
}

/** A microservice without its doors. */
export interface Service {
  /** SQL that makes its tables. */
  readonly tables: string;
  readonly fill: (database: DatabaseSync) => void;
  readonly routes: readonly Route[];
}

/** A partner acts for every user of its tenant; everybody else for themselves. */
export const mayActFor = ({ sub, roles }: InternalClaims, user: string): boolean =>
  sub === user || roles.includes('partner');
