import { createHash } from 'node:crypto';
import type { FieldPolicy } from '@bff/tenancy';
import type { Projection } from '@bff/upstream-clients';
import { z } from 'zod';
import type { AnySource } from '../declaration/source.ts';
import { hidesLeafOf } from './hidden-leaves.ts';
import type { ScreenScope } from './scope.ts';

/** What a screen makes of one source's answer. */
export interface ReadingForm<Part> {
  /** Names screen, version and source. */
  readonly name: string;
  readonly source: AnySource;
  taken(value: unknown): Part;
  visible(part: Part, policy: FieldPolicy): Part;
  /** What the calls that depend on this source take of its answer, by the name of theirs. JSON. */
  readonly inputs: ReadonlyMap<string, (value: unknown) => unknown>;
  /** What else of a part is needed, though the tenant may not see it. */
  needed?(part: Part): unknown;
}

/** How a source's answer is read for tenants that see everything of it, and for all others. */
export interface Reading<Part> {
  /** Undefined where nothing is hidden: then the answer itself may be cached, and all screens share it. */
  projectionFor(scope: ScreenScope): Projection | undefined;
  partOf(value: unknown, scope: ScreenScope): Part;
  /** @param dependent name of the source that depends on this one */
  inputOf(dependent: string, value: unknown, scope: ScreenScope): unknown;
}

interface Projected<Part> {
  readonly part: Part;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isUncacheable?: true;
}

/** Keeps the answer as it is, and out of the cache. */
export const uncached: Projection = { name: 'uncached', of: (value) => value, isCacheable: () => false };

/**
 * The tenant's policy is applied to what a source gives to the view before that is cached (F40). An answer of which a
 * dependent call needs what is hidden is not cached at all.
 */
export function compileReading<Part>(form: ReadingForm<Part>): Reading<Part> {
  const { taken, visible, inputs, needed } = form;
  const version = `${form.name} ${versionOf(form)}`;

  function project(value: unknown, policy: FieldPolicy): Projected<Part> {
    const part = taken(value);
    const seen = visible(part, policy);
    const given: Record<string, unknown> = {};
    for (const [name, inputOf] of inputs) given[name] = inputOf(value) ?? null;
    const isUncacheable = hidesLeafOf([given, needed?.(part)], { part, seen, value, policy });
    return { part: seen, inputs: given, ...(isUncacheable && { isUncacheable }) };
  }

  return {
    projectionFor({ visible: tenant }) {
      if (tenant === undefined) return undefined;
      return {
        name: `${tenant.version} ${version}`,
        of: (value) => project(value, tenant.policy),
        isCacheable: ({ isUncacheable }: Projected<Part>) => isUncacheable !== true,
      };
    },
    partOf: (value, scope) => (scope.visible === undefined ? taken(value) : (value as Projected<Part>).part),
    inputOf(dependent, value, scope) {
      const input =
        scope.visible === undefined
          ? inputs.get(dependent)?.(value)
          : (value as Projected<Part>).inputs[dependent];
      return input ?? undefined;
    },
  };
}

/** A shared cache is read by other versions of the program: their entries are not taken for ours. */
function versionOf({
  source,
  inputs,
  name,
}: Pick<ReadingForm<unknown>, 'source' | 'inputs' | 'name'>): string {
  const { operation, as, members, take, next, items } = source;
  const schema =
    operation.response && z.toJSONSchema(operation.response, { unrepresentable: 'any', reused: 'ref' });
  const parts = [
    name,
    as,
    members,
    String(take),
    String(next),
    items,
    [...inputs.values()].map(String),
    schema,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}
