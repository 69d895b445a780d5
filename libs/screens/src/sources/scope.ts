import { type RequestScope } from '@bff/auth-delegation';
import { type Outcome } from '@bff/service-kit';
import { type AnySource } from '../declaration/source.ts';

/** Parameters that a request gives to operations by name: `userId`, those of its path, and of a page. */
export type Inputs = Readonly<Record<string, string | number | undefined>>;

/** For whom the sources of one request are called, and with what. */
export interface ScreenScope extends RequestScope {
  readonly inputs: Inputs;
  /** What sources that others depend on came to, or will. */
  readonly outcomes: Map<AnySource, Promise<Outcome<unknown>>>;
}
