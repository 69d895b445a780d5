import type { RequestScope } from '@bff/auth-delegation';
import type { Outcome } from '@bff/service-kit';
import type { Page } from '@bff/shaping';
import type { FieldPolicy } from '@bff/tenancy';
import type { AnySource } from '../declaration/source.ts';

/** Parameters that a request gives to operations by name: `userId` and those of its path. */
export type Inputs = Readonly<Record<string, string>>;

/** For whom the sources of one request are called, and with what. */
export interface ScreenScope extends RequestScope {
  readonly inputs: Inputs;
  /** The page that was requested: `limit` and `cursor` of the source that is a page, and of no other. */
  readonly page: Pick<Page, 'limit' | 'cursor'> | undefined;
  /** What the tenant may see of the screen; undefined: everything. */
  readonly visible: { readonly policy: FieldPolicy; readonly version: string } | undefined;
  /** What sources that others depend on came to, or will. */
  readonly outcomes: Map<AnySource, Promise<Outcome<unknown>>>;
  /** Receives what a source threw, which is a programming error and degrades that source. */
  readonly onUnexpected: (error: unknown, source: string) => void;
}
