import type { ZodType } from 'zod';
import type { BreakerSettings } from '../resilience/breaker-settings.ts';
import type { Ask } from './call.ts';

/** The upstreams, as they are named in settings, metrics and logs. */
export type ServiceName = 'user' | 'order' | 'notification' | 'loyalty';

/** One thing an upstream can be asked. Declared once, compiled to a call at start. */
export interface Operation<T> {
  readonly service: ServiceName;
  /** Label of metrics and logs; unique within its service. */
  readonly name: string;
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** `/api/v1/users/{id}`: every name in braces is one path segment. */
  readonly path: string;
  /** Media type of the request's body. Default: `application/json`. */
  readonly contentType?: string;
  /** What an answer must look like. Members it does not name are dropped. */
  readonly response: ZodType<T>;
  readonly breaker: BreakerSettings;
  /** The longest that one call may take, in milliseconds. */
  readonly budgetMs: number;
}

/** Makes a call of an operation: every stage around the transport of its service. */
export type Compile = <T>(operation: Operation<T>) => Ask<T>;

/** The longest that one source may take, in milliseconds. */
export const sourceBudgetMs = 2_000;

/** One page of a list. */
export interface PageRequest {
  readonly limit: number;
  /** As it came in `next_cursor`. Left out: the first page. */
  readonly cursor?: string;
}
