/** Of tools/demo-services. */
export const fakes = `import type { Service } from '../service.ts';

/** The hand-written fakes by the name of their service. A registered service that is not here gets a generic fake. */
export /** Of tools/demo-services. */
export const fakes = {} as const satisfies Readonly<Record<string, Service>>;
`;

/** Of the tests of byte budgets. */
export const idOf = `import type * as services from '@bff/services';
import type { CallScope, ClientsOf } from '@bff/upstream-clients';

export type Clients = ClientsOf<typeof services>;
type IdOf = (clients: Clients, userId: string, scope: CallScope) => Promise<string | undefined>;

/** The id with which the largest answer of a screen is measured: generic fakes know every id. */
export const idOf: IdOf = async () => 'x1';
`;

/** Of the contract of partners. */
export const about = `/** What the OpenAPI document says of the contract as a whole. */
export const about = {
  title: 'Partner API',
  version: '1.0.0',
  summary: "For your company's servers.",
} as const;

/** Groups of operations, with their descriptions. */
export const tags = { Screens: 'What one call answers' } as const;

/** Group of an operation. */
export const tagOf = (): keyof typeof tags => 'Screens';
`;

/** Of the contract of partners. */
export const versions = `export interface Version {
  /** First segment of every path. */
  readonly name: 'v1';
  /** RFC 9745 and RFC 8594: since when it should not be used by new clients, and when it ends. */
  readonly deprecated?: { readonly since: Date; readonly sunset: Date };
}

/** The oldest first. What each answers is declared with the screens. */
export const versions: readonly Version[] = [{ name: 'v1' }];
`;
