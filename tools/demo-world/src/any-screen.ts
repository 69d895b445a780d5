import { registeredServices, type RegisteredService } from '@bff/demo-services';

/** A row of a table of screens, as `screenTable` makes it. */
interface TableRow {
  readonly path: string;
  readonly entry: {
    readonly kind: 'screen' | 'write';
    readonly answer?: unknown;
    readonly sources?: Readonly<Record<string, { readonly operation: { readonly service: string } }>>;
  };
}

/** What the tests of logins, limits and processes use: a screen and a service, whichever the product has. */
export interface AnyScreen {
  /** Address of the first screen of the table. */
  readonly address: string;
  /** The service that its first source calls. */
  readonly service: RegisteredService;
  /** Number of its sources. */
  readonly calls: number;
}

/** An id that a service of the demo knows; generic fakes know every id. */
const anyId = 'alice-o2';
const anyCustomer = 'alice';

/** Address of a row: every parameter is an id that services of the demo know. */
export const addressOf = (prefix: string, path: string): string =>
  prefix + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'customerId' ? anyCustomer : anyId));

/** Name of a member of an answer; of one without declared members, one that users of the demo have. */
export const memberOf = (answer: unknown): string =>
  Object.keys((answer as { shape?: object }).shape ?? { theme: true })[0] ?? '';

/**
 * Returns the first screen of a table that meets a condition.
 *
 * @throws {Error} when there is none, or no service of the registry gives it anything
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
