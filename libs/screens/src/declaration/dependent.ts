import type { AnyOperation, InputOf, OutputOf } from '@bff/upstream-clients';
import {
  complete,
  type AnySource,
  type CommonOptions,
  type Member,
  type Source,
  type ValueOf,
} from './source.ts';

/** All parameters of the operation. `userId` is optional: it is taken from the request. */
type DependentInput<O extends AnyOperation> = Omit<InputOf<O>, 'userId'> & {
  readonly [Name in 'userId' & keyof InputOf<O>]?: InputOf<O>[Name];
};

interface DependentOptions<O extends AnyOperation, Parent extends AnySource> extends Omit<
  CommonOptions,
  'required' | 'validator' | 'budgetMs'
> {
  /** Returns the parameters from the value of the parent; undefined means that no call is needed. */
  readonly with: (value: ValueOf<Parent>) => DependentInput<O> | undefined;
  /**
   * Time limit of the call in milliseconds, measured from the parent's answer. Default: the remaining time of
   * the screen, or two thirds of it for a source with dependents.
   */
  readonly budgetMs?: number;
}
interface TakeOptions<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
  Taken,
  Fallback,
> extends DependentOptions<O, Parent> {
  /** Member of the view that holds the value. */
  readonly as: As;
  /** Selects the value of the member from the answer. */
  readonly take: (value: OutputOf<O>) => Taken;
  readonly fallback: Fallback & NoInfer<Taken | null>;
}
interface ValueOptions<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
  Fallback,
> extends DependentOptions<O, Parent> {
  readonly as: As;
  readonly take?: never;
  readonly fallback: Fallback & NoInfer<OutputOf<O> | null>;
}
interface MembersOptions<
  O extends AnyOperation,
  Parent extends AnySource,
  Names extends keyof OutputOf<O>,
> extends DependentOptions<O, Parent> {
  readonly as?: never;
  /** Members of the answer that are placed at the root of the view, with their fallbacks. */
  readonly fallback: Pick<OutputOf<O>, Names>;
}

/**
 * Declares a call whose parameters come from another source's answer, also from a stale one. When the parent
 * has no answer, this source is degraded under its own name. Its budget is at most the time that the parent
 * leaves.
 * @example dependent(thing, owners.byId, { with: ({ owner_id }) => ({ id: owner_id }), as: 'owner', fallback: null })
 */
export function dependent<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
  Taken,
  Fallback = never,
>(
  parent: Parent,
  operation: O,
  options: TakeOptions<O, Parent, As, Taken, Fallback>,
): Source<{ readonly [Name in As]: Member<Taken, Fallback> }, never, OutputOf<O>>;
export function dependent<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
  Fallback = never,
>(
  parent: Parent,
  operation: O,
  options: ValueOptions<O, Parent, As, Fallback>,
): Source<{ readonly [Name in As]: Member<OutputOf<O>, Fallback> }, never, OutputOf<O>>;
export function dependent<
  O extends AnyOperation,
  Parent extends AnySource,
  const Names extends keyof OutputOf<O>,
>(
  parent: Parent,
  operation: O,
  options: MembersOptions<O, Parent, Names>,
): Source<Pick<OutputOf<O>, Names>, never, OutputOf<O>>;
export function dependent(dependsOn: AnySource, operation: AnyOperation, options: object): AnySource {
  return complete(operation, { ...(options as Partial<AnySource>), dependsOn });
}
