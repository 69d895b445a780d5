import type { AnyOperation, InputOf, OutputOf } from '@bff/upstream-clients';
import {
  complete,
  type AnySource,
  type CommonOptions,
  type Member,
  type Source,
  type ValueOf,
} from './source.ts';

/** All parameters that the operation needs. `userId` may be left out: it is taken from the request. */
type DependentInput<O extends AnyOperation> = Omit<InputOf<O>, 'userId'> & {
  readonly [Name in 'userId' & keyof InputOf<O>]?: InputOf<O>[Name];
};

interface DependentOptions<O extends AnyOperation, Parent extends AnySource> extends Omit<
  CommonOptions,
  'required' | 'validator' | 'budgetMs'
> {
  /** The parameters, out of what the parent's call answered; undefined: there is nothing to call for. */
  readonly with: (value: ValueOf<Parent>) => DependentInput<O> | undefined;
  /** Milliseconds from when the parent has answered. Default: what the screen has left, or two thirds of it for another parent. */
  readonly budgetMs?: number;
}
interface TakeOptions<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
  Taken,
  Fallback,
> extends DependentOptions<O, Parent> {
  /** Member of the view that the value becomes. */
  readonly as: As;
  /** What of the answer becomes the member. */
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
  /** Members of the answer that stand at the root of the view, with what is shown when nothing better is at hand. */
  readonly fallback: Pick<OutputOf<O>, Names>;
}

/**
 * Declares a call whose parameters come from another source's answer. A stale answer of the parent is an input like any
 * other; when the parent is lost without one, this source is degraded by its own name. It has the time that the parent leaves.
 *
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
