import { createHash } from 'node:crypto';
import { jsonText } from '@bff/service-kit';
import type { FieldPolicy } from '@bff/tenancy';
import type { Projection } from '@bff/upstream-clients';
import { z } from 'zod';
import type { AnySource } from '../declaration/source.ts';
import { hidesLeafOf } from './hidden-leaves.ts';
import type { ScreenScope } from './scope.ts';

/** Describes the parts of a source's answer that a screen uses. */
export interface ReadingForm<Part> {
  /** Names screen, version and source. */
  readonly name: string;
  readonly source: AnySource;
  taken(value: unknown): Part;
  visible(part: Part, policy: FieldPolicy): Part;
  /**
   * Functions that take the input of a dependent source from this answer, as JSON, by the name of that
   * source.
   */
  readonly inputs: ReadonlyMap<string, (value: unknown) => unknown>;
  /** Returns further values that are needed although the tenant may not see them. */
  needed?(part: Part): unknown;
  /** The schema by which `visible` projects. */
  readonly answer?: z.ZodType | undefined;
}

/** Reads a source's answer: completely for tenants without a policy, filtered for all others. */
export interface Reading<Part> {
  /**
   * Returns the projection with which the source is called. Undefined when the policy hides nothing: then the
   * answer itself may be cached and shared by all screens.
   */
  projectionFor(scope: ScreenScope): Projection | undefined;
  partOf(value: unknown, scope: ScreenScope): Part;
  /** Returns the input of a dependent source. @param dependent name of that source */
  inputOf(dependent: string, value: unknown, scope: ScreenScope): unknown;
}

interface Projected<Part> {
  readonly part: Part;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isUncacheable?: true;
}

/** Leaves the answer unchanged and prevents it from being cached. */
export const uncached: Projection = { name: 'uncached', of: (value) => value, isCacheable: () => false };

/**
 * Applies the tenant's policy to a source's part of the view before that part is cached (F40). An answer
 * with a hidden value that a dependent call needs is not cached at all.
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
        textOf,
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

/** Serializes member by member, so that sending the answer reuses the cached texts of its members. */
function textOf({ part, inputs }: Projected<unknown>): string {
  if (!isContainer(part) || Array.isArray(part)) return JSON.stringify({ part, inputs });
  const members: string[] = [];
  for (const [name, member] of Object.entries(part)) {
    const text = isContainer(member) ? jsonText(member) : JSON.stringify(member);
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{"part":{${members.join()}},"inputs":${JSON.stringify(inputs)}}`;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Returns a hash of everything that determines how an answer is read. It is part of the cache key, because
 * other versions of the program share the cache and may read the same answer differently.
 */
function versionOf({
  source,
  inputs,
  name,
  answer,
}: Pick<ReadingForm<unknown>, 'source' | 'inputs' | 'name' | 'answer'>): string {
  const { operation, as, members, take, next, items } = source;
  const schema = operation.response && jsonSchemaOf(operation.response);
  const parts = [
    name,
    as,
    members,
    String(take),
    String(next),
    items,
    [...inputs.values()].map(String),
    schema,
    answer && jsonSchemaOf(answer),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}

const jsonSchemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', reused: 'ref' });
