import type { IncomingHttpHeaders } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import type { InternalClaims } from '@bff/auth-delegation';
import type { Logger } from '@bff/service-kit';
import type { Method } from '@bff/upstream-clients';
import type { Answer } from './http/answer.ts';
import type { Random } from './random.ts';

/** A request of a verified caller, who may act for the user in the path, if there is one. */
export interface Call {
  readonly caller: InternalClaims;
  /** The first parameter of the path, decoded; empty when there is none. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Aborted when the caller disconnects. */
  readonly signal: AbortSignal;
}

export interface Resources {
  readonly database: DatabaseSync;
  readonly random: Random;
  /** Median delay in milliseconds. */
  readonly slowDelayMs: number;
  readonly log: Logger;
}

export interface Route {
  readonly method: Method;
  /**
   * Name of the route for faults and call counts, such as `/api/v1/users/:id`. Only the value of the first
   * `:name` is passed on.
   */
  readonly pattern: `/${string}`;
  /**
   * Matches the paths of the route; its first group is the first parameter. Default: derived from the
   * pattern.
   */
  readonly path?: RegExp;
  /** Whether the first parameter of the path is a user, for whom the caller must be allowed to act. */
  readonly isOfUser?: true;
  /** `Cache-Control` of a read, if the service is configured `by-route`. */
  readonly cacheControl?: string;
  /**
   * Whether every JSON object is a valid body of this route. Then the fault `wrong-type` must answer a value
   * that is not an object.
   */
  readonly anyObject?: true;
  /**
   * Returns the handler of the route. Called once at start, so that SQL statements are compiled once.
   * @throws {Problem} from the returned handler
   */
  readonly prepare: (resources: Resources) => (call: Call) => Answer | Promise<Answer>;
}

/** A simulated service, without a socket. */
export interface Service {
  /** SQL that creates its tables. */
  readonly tables: string;
  readonly fill: (database: DatabaseSync) => void;
  readonly routes: readonly Route[];
}

/**
 * Returns whether the caller may act for the user: a partner for every user of its tenant, others for
 * themselves.
 */
export const mayActFor = ({ sub, roles }: InternalClaims, user: string): boolean =>
  sub === user || roles.includes('partner');
