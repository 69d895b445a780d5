import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type JsonSchema } from '@bff/demo-services/generic';
import { pascal } from './names.ts';

/** One source of a screen, and what of it the view has. */
export interface ScreenSource {
  /** As the screen names it. */
  readonly name: string;
  readonly service: string;
  readonly operation: string;
  /** As the service's double knows its path. */
  readonly pattern: string;
  /** Of the answer, as `@bff/upstream-clients` exports it. */
  readonly type: string;
  /** Whether the call wants to know which page. */
  readonly isPaged: boolean;
  readonly part: Part;
}

/** A list keeps the name that policies know it by; an object gives its members to the root, where policies look for them. */
export type Part =
  | { readonly kind: 'whole'; readonly member: string; readonly schema: JsonSchema }
  | {
      readonly kind: 'page' | 'list';
      readonly member: string;
      readonly schema: JsonSchema;
      /** Names of the items' members that are shown; undefined: all of them. */
      readonly shown: readonly string[] | undefined;
    }
  | { readonly kind: 'members'; readonly members: readonly Member[]; readonly isWhole: boolean };

export interface Member {
  readonly name: string;
  /** Differs from the name where another source has one of that name. */
  readonly as: string;
  readonly schema: JsonSchema;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly response: { toJSONSchema(options: { unrepresentable: 'any' }): JsonSchema };
}
type Client = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** What is for the staff is put on a screen by hand or not at all. */
const confidential = /ssn|internal|secret|password|token/i;

/** @param given `user.profile,order.recent` @throws {Error} when one of them is not there, or is no read about the user */
export async function screenSources(root: string, given: string): Promise<readonly ScreenSource[]> {
  const names = given.split(',').map((each) => each.trim());
  const services = names.map((each) => each.split('.')[0]);
  const taken = new Set<string>();
  const sources: ScreenSource[] = [];
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index) throw new Error(`${name} is named twice`);
    const alone = services.filter((each) => each === services[index]).length === 1;
    sources.push(await sourceOf(root, name, alone, taken));
  }
  return sources;
}

async function sourceOf(
  root: string,
  given: string,
  alone: boolean,
  taken: Set<string>,
): Promise<ScreenSource> {
  const [service = '', operation = '', ...more] = given.split('.');
  const file = resolve(root, `libs/upstream-clients/src/${service}-client.ts`);
  if (!/^[a-z]\w*$/.test(service) || !operation || more.length > 0 || !existsSync(file))
    throw new Error(`there is no source "${given}": say service.operation, as in user.profile`);
  const module = (await import(file)) as Record<string, unknown>;
  const operations = module[`${service}Operations`] as Readonly<Record<string, Operation>>;
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!found)
    throw new Error(`there is no source "${given}"; ${service} has ${Object.keys(operations).join(', ')}`);
  if (found.method !== 'GET') throw new Error(`"${given}" is a write; a screen reads`);
  if (!/\/users\/\{\w+\}/.test(found.path) || found.path.split('{').length !== 2)
    throw new Error(
      `"${given}" asks about something else than the user (${found.path}); write that screen by hand`,
    );

  const create = module[`create${pascal(service)}Client`] as (compile: () => () => void) => Client;
  const call = create(() => () => undefined)[operation];
  const type = new RegExp(`const ${operation} = compile<(\\w+)>`).exec(readFileSync(file, 'utf8'))?.[1];
  if (!type || !call) throw new Error(`${file} is not as the generator knows it`);
  const name = alone ? service : service + pascal(operation);
  return {
    name,
    service,
    operation,
    pattern: found.path.replace(/\{(\w+)\}/g, ':$1'),
    type,
    isPaged: call.length > 2,
    part: partOf(found.response.toJSONSchema({ unrepresentable: 'any' }), name, service, operation, taken),
  };
}

function partOf(
  schema: JsonSchema,
  source: string,
  service: string,
  operation: string,
  taken: Set<string>,
): Part {
  const free = (name: string): string => {
    const own = taken.has(name) ? `${source}_${name}` : name;
    taken.add(own);
    return own;
  };
  const { properties, items } = schema;
  if (properties?.['items']?.type === 'array')
    return { kind: 'page', member: free(`${service}s`), ...listOf(properties['items']) };
  if (items) return { kind: 'list', member: free(`${service}s`), ...listOf(schema) };
  if (!properties) return { kind: 'whole', member: free(operation), schema };
  const members = Object.entries(publicOf(schema).properties ?? {}).map(([name, each]) => ({
    name,
    as: free(name),
    schema: each,
  }));
  const isWhole = members.length === Object.keys(properties).length && members.every(({ name, as }) => name === as); // prettier-ignore
  return { kind: 'members', members, isWhole };
}

function listOf(whole: JsonSchema): { schema: JsonSchema; shown: readonly string[] | undefined } {
  const schema = publicOf(whole);
  const [all, kept] = [whole, schema].map(({ items }) => Object.keys(items?.properties ?? {}));
  return { schema, shown: all?.length === kept?.length ? undefined : kept };
}

/** Of a list: its items without what is confidential. */
function publicOf(schema: JsonSchema): JsonSchema {
  if (schema.items) return { ...schema, items: publicOf(schema.items) };
  if (!schema.properties) return schema;
  const kept = Object.entries(schema.properties).filter(([name]) => !confidential.test(name));
  return { ...schema, properties: Object.fromEntries(kept) };
}
