import { type AnyOperation, type InputOf, type OutputOf } from '@bff/upstream-clients';
import { complete, type AnySource, type CommonOptions, type Source, type ValueOf } from './source.ts';

interface DependentOptions<O extends AnyOperation, Parent extends AnySource> extends Omit<
  CommonOptions,
  'required'
> {
  /** The parameters, out of what the parent's call answered; undefined: there is nothing to call for. */
  readonly with: (value: ValueOf<Parent>) => Partial<InputOf<O>> | undefined;
}
interface TakeOptions<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
  Taken,
> extends DependentOptions<O, Parent> {
  /** Member of the view that the value becomes. */
  readonly as: As;
  /** What of the answer becomes the member. */
  readonly take: (value: OutputOf<O>) => Taken;
  readonly fallback: NoInfer<Taken>;
}
interface ValueOptions<
  O extends AnyOperation,
  Parent extends AnySource,
  As extends string,
> extends DependentOptions<O, Parent> {
  readonly as: As;
  readonly take?: never;
  readonly fallback: OutputOf<O>;
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
 * @example dependent(order, user.profile, { with: ({ user_id }) => ({ userId: user_id }), fallback: { name: '' } })
 */
export function dependent<O extends AnyOperation, Parent extends AnySource, As extends string, Taken>(
  parent: Parent,
  operation: O,
  options: TakeOptions<O, Parent, As, Taken>,
): Source<{ readonly [Name in As]: Taken }, never, OutputOf<O>>;
export function dependent<O extends AnyOperation, Parent extends AnySource, As extends string>(
  parent: Parent,
  operation: O,
  options: ValueOptions<O, Parent, As>,
): Source<{ readonly [Name in As]: OutputOf<O> }, never, OutputOf<O>>;
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
