/** File of tools/demo-services. */
export const fakes = `import type { Service } from '../service.ts';

/** Hand-written fakes by service name. A registered service without one gets a generic fake. */
export const fakes = {} as const satisfies Readonly<Record<string, Service>>;
`;

/** File of the tests of byte budgets. */
export const idOf = `import type * as services from '@bff/services';
import type { CallScope, ClientsOf } from '@bff/upstream-clients';

export type Clients = ClientsOf<typeof services>;
type IdOf = (clients: Clients, userId: string, scope: CallScope) => Promise<string | undefined>;

/** Returns the id used to measure the largest answer of a screen: generic fakes accept every id. */
export const idOf: IdOf = async () => 'x1';
`;

/** File of the partner contract. */
export const about = `/** Title and description in the OpenAPI document. */
export const about = {
  title: 'Partner API',
  version: '1.0.0',
  summary: "For your company's servers.",
} as const;

/** Groups of operations, with their descriptions. */
export const tags = { Screens: 'Composed views' } as const;

/** Group of an operation. */
export const tagOf = (): keyof typeof tags => 'Screens';
`;

/** File of the partner contract. */
export const versions = `export interface Version {
  /** First segment of all its paths. */
  readonly name: 'v1';
  /** Dates of deprecation (RFC 9745) and of the end of service (RFC 8594). */
  readonly deprecated?: { readonly since: Date; readonly sunset: Date };
}

/** Oldest first. The screens declare the answers of each version. */
export const versions: readonly Version[] = [{ name: 'v1' }];
`;
