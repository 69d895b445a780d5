import { z } from 'zod';
import { parseFieldPath } from '../policy/field-path.ts';
import { parseTenantId } from './tenant-id.ts';

const fieldPath = z.string().superRefine((text, context) => {
  try {
    parseFieldPath(text);
  } catch (error) {
    context.addIssue((error as TypeError).message);
  }
});

const tenantId = z.string().transform((text, context) => {
  const id = parseTenantId(text);
  if (id) return id;
  context.addIssue('must be a DNS label of 2 to 63 characters in lower case');
  return z.NEVER;
});

const quota = z.strictObject({
  limit: z.int().min(1).max(1_000_000_000),
  windowSeconds: z.int().min(1).max(604_800),
});

const fieldLists = z.strictObject({
  blocked: z.array(fieldPath).default([]),
  allowed: z.array(fieldPath).default([]),
});

/** `fields` has no default, because a tenant whose policy was omitted or misspelt must not see everything. */
const tenant = z.strictObject({
  id: tenantId,
  name: z.string().min(1).max(200),
  status: z.enum(['active', 'suspended']),
  fields: fieldLists,
  screens: z.record(z.string(), fieldLists).default({}),
  fallbacks: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  quotas: z.strictObject({ burst: quota.optional(), daily: quota.optional() }).default({}),
});

const directory = z.strictObject({ tenants: z.array(tenant) });

/** Content of a directory file. */
export type TenantDirectoryConfig = z.input<typeof directory>;
export type TenantConfig = z.output<typeof tenant>;

/** An invalid directory. The message has one line for each error. */
export class InvalidTenantDirectory extends Error {
  override readonly name = 'InvalidTenantDirectory';
  readonly errors: readonly string[];

  constructor(errors: readonly string[], options?: ErrorOptions) {
    super(['The tenant directory is not valid:', ...errors].join('\n  '), options);
    this.errors = errors;
  }
}

export interface ParseOptions {
  /**
   * Names of existing screens. With this closed list a misspelt screen is an error; otherwise its rule would
   * silently hide nothing. default: every name is valid
   */
  readonly screenNames?: readonly string[] | undefined;
}

/** Parses the tenants. @throws {InvalidTenantDirectory} with every error */
export function parseTenantConfigs(
  config: unknown,
  { screenNames }: ParseOptions = {},
): readonly TenantConfig[] {
  const result = directory.safeParse(config);
  const errors = (result.error?.issues ?? []).map(({ path, message }) =>
    path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`,
  );
  errors.push(...duplicateIds(config), ...unknownScreens(config, screenNames));
  if (!result.success || errors.length > 0) throw new InvalidTenantDirectory(errors);
  return result.data.tenants;
}

/**
 * Finds unknown screens. Not part of the schema, so that they are reported even if the schema finds other
 * errors.
 */
function unknownScreens(config: unknown, screenNames: readonly string[] | undefined): string[] {
  const tenants = (config as Partial<TenantDirectoryConfig> | null)?.tenants;
  if (!screenNames || !Array.isArray(tenants)) return [];
  return tenants.flatMap((each: { screens?: unknown } | null, index) =>
    Object.keys((each?.screens as object | null | undefined) ?? {})
      .filter((name) => !screenNames.includes(name))
      .map(
        (name) =>
          `tenants[${index}].screens: there is no screen "${name}"; there are ${screenNames.join(', ')}`,
      ),
  );
}

/**
 * Finds duplicate ids. Not part of the schema, so that they are reported even if the schema finds other
 * errors.
 */
function duplicateIds(config: unknown): string[] {
  const tenants = (config as Partial<TenantDirectoryConfig> | null)?.tenants;
  if (!Array.isArray(tenants)) return [];
  const firstOf = new Map<unknown, number>();
  return tenants.flatMap((each: { id?: unknown } | null, index) => {
    const first = firstOf.get(each?.id);
    if (first === undefined) firstOf.set(each?.id, index);
    return first === undefined || each?.id === undefined
      ? []
      : [`tenants[${index}].id: is the id of tenants[${first}] too`];
  });
}
