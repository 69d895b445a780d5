import { receiptPath } from './receipt-path.ts';
import type { AnyScreen, Screen } from './screen.ts';
import type { AnyWrite, Write } from './write.ts';

export type Entry = AnyScreen | AnyWrite;
export type EntryMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One row of a table. */
export interface Row {
  readonly method: EntryMethod;
  /** OpenAPI path template below the family's prefix, such as `/things/{id}`. */
  readonly path: `/${string}`;
  /** Names of the path parameters. */
  readonly parameters: readonly string[];
  readonly entry: Entry;
}

/** The screens and writes of an app by method and path, in order of declaration. */
export interface ScreenTable {
  readonly rows: readonly Row[];
  /** The names of all screens, which tenants' policies refer to. */
  readonly screenNames: readonly string[];
}

/** Returns the shortest budget of a table in milliseconds; Infinity for an empty table. */
export const shortestBudgetMs = ({ rows }: ScreenTable): number =>
  Math.min(...rows.map(({ entry }) => entry.budgetMs));

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;
type Given<Key extends string> = PathNames<Key> | 'userId';
type KeyOf<E> = E extends AnyScreen ? `GET /${string}` : `${Exclude<EntryMethod, 'GET'>} /${string}`;
type Missing<Key extends string, E> = Exclude<
  E extends Screen<infer Needs> ? Needs : E extends Write<infer Needs> ? Needs : never,
  Given<Key>
>;
type Checked<T> = {
  [Key in keyof T]: Key extends KeyOf<T[Key]>
    ? [Missing<Key, T[Key]>] extends [never]
      ? T[Key]
      : { readonly 'the path does not give': Missing<Key, T[Key]> }
    : { readonly 'the key is not a method and a path for this': T[Key] };
};

const keySyntax = /^(GET|POST|PUT|PATCH|DELETE) (\/(?:[\w.~-]+|\{\w+\})(?:\/(?:[\w.~-]+|\{\w+\}))*)$/;
const inTables = new WeakSet<object>();

/**
 * Declares the rows that an app serves. The types check that each path gives the parameters that its screen
 * needs.
 * @throws {TypeError} when a row is invalid, two rows collide, or a screen is already in another table
 * @example screenTable({ 'GET /things': things, 'GET /things/{id}': thing, 'PATCH /settings': changeSettings })
 */
export function screenTable<const T extends Readonly<Record<string, Entry>>>(
  table: T & Checked<T>,
): ScreenTable {
  const rows = Object.entries<Entry>(table).map(([key, entry]): Row => {
    const [, method, path] = keySyntax.exec(key) ?? [];
    const refuse = (reason: string): never => {
      throw new TypeError(`table row "${key}": ${reason}`);
    };
    if (method === undefined || path === undefined)
      return refuse('it is not a method and a path, such as "GET /things"');
    if ((entry.kind === 'screen') !== (method === 'GET'))
      return refuse(entry.kind === 'screen' ? 'a screen is read with GET' : 'a write is not made with GET');
    if (path.startsWith('/writes/')) refuse(`"${receiptPath}" is the path of the receipts of writes`);
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    if (new Set(parameters).size < parameters.length) refuse('two parameters of the path have one name');
    return { method: method as EntryMethod, path: path as `/${string}`, parameters, entry };
  });
  const declared = new Map<string, unknown>();
  const ids = new Set<string>();
  const paths = new Map<string, string>();
  const keys = new Set<string>();
  for (const { method, path, entry } of rows) {
    const shape = path.replace(/\{\w+\}/g, '{}');
    const other = paths.get(shape);
    if (other !== undefined && other !== path)
      throw new TypeError(
        `table row "${method} ${path}": "${other}" has the same path with other parameter names`,
      );
    if (keys.has(`${method} ${shape}`))
      throw new TypeError(`table row "${method} ${path}": another row has the same path`);
    paths.set(shape, path);
    keys.add(`${method} ${shape}`);
    if (ids.has(entry.id))
      throw new TypeError(`table row "${method} ${path}": the operation id "${entry.id}" is taken`);
    ids.add(entry.id);
    if (entry.kind !== 'screen') continue;
    if (declared.has(entry.name) && declared.get(entry.name) !== entry.sources)
      throw new TypeError(`table row "${method} ${path}": two screens have the name "${entry.name}"`);
    if (!declared.has(entry.name) && inTables.has(entry.sources))
      throw new TypeError(
        `table row "${method} ${path}": the screen "${entry.name}" is in another table already`,
      );
    declared.set(entry.name, entry.sources);
    inTables.add(entry.sources);
  }
  return Object.freeze({ rows, screenNames: [...declared.keys()] });
}
