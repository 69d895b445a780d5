import { registeredServices, type RegisteredService } from '@bff/demo-services';

/** A row of the table that `screenTable` returns. */
interface TableRow {
  readonly path: string;
  readonly entry: {
    readonly kind: 'screen' | 'write';
    readonly answer?: unknown;
    readonly sources?: Readonly<Record<string, { readonly operation: { readonly service: string } }>>;
  };
}

/** A screen and a service for tests of logins, limits and processes that have to pass for any product. */
export interface AnyScreen {
  /** Path of the first screen of the table. */
  readonly address: string;
  /** The service that the first source of the screen calls. */
  readonly service: RegisteredService;
  /** Number of sources of the screen. */
  readonly calls: number;
}

/** An id that a demo service has; generic fakes accept every id. */
const anyId = 'alice-o2';
const anyCustomer = 'alice';

/** Returns the path of a row, with the id of a demo user or order for every parameter. */
export const addressOf = (prefix: string, path: string): string =>
  prefix + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'customerId' ? anyCustomer : anyId));

/**
 * Returns the name of the first declared member of an answer. If no members are declared, returns `theme`,
 * which is a member of the demo data.
 */
export const memberOf = (answer: unknown): string =>
  Object.keys((answer as { shape?: object }).shape ?? { theme: true })[0] ?? '';

/**
 * Returns the first screen of a table for which `isUsable` returns true.
 *
 * @throws {Error} when there is none, or when none of its sources calls a registered service
 */
export function anyScreenOf(
  { rows }: { readonly rows: readonly TableRow[] },
  prefix = '/api',
  isUsable: (row: TableRow) => boolean = () => true,
): AnyScreen {
  const row = rows.find((each) => each.entry.kind === 'screen' && isUsable(each));
  const sources = Object.values(row?.entry.sources ?? {});
  const name = `${sources[0]?.operation.service}-service`;
  const service = registeredServices.find((each) => each.name === name);
  if (!row || !service) throw new Error('the table has no screen of a registered service');
  return { address: addressOf(prefix, row.path), service, calls: sources.length };
}
