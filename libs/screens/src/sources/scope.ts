import type { RequestScope } from '@bff/auth-delegation';
import type { Outcome } from '@bff/service-kit';
import type { Page } from '@bff/shaping';
import type { FieldPolicy } from '@bff/tenancy';
import type { AnySource } from '../declaration/source.ts';

/** Parameters of operations that a request gives by name: `userId` and its path parameters. */
export type Inputs = Readonly<Record<string, string>>;

/** Identity, policy and parameters with which the sources of one request are called. */
export interface ScreenScope extends RequestScope {
  readonly inputs: Inputs;
  /** The requested page: `limit` and `cursor`, for the source declared by `page` only. */
  readonly page: Pick<Page, 'limit' | 'cursor'> | undefined;
  /** The tenant's policy for the screen, and its version; undefined when it hides nothing. */
  readonly visible: { readonly policy: FieldPolicy; readonly version: string } | undefined;
  /** Outcomes of the sources that others depend on. */
  readonly outcomes: Map<AnySource, Promise<Outcome<unknown>>>;
  /** Receives an exception of a source, which is a programming error and degrades that source. */
  readonly onUnexpected: (error: unknown, source: string) => void;
}
