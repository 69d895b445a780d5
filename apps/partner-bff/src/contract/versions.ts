import { type Resources } from './resource.ts';
import { resourcesV1 } from './v1.ts';
import { resourcesV2 } from './v2.ts';

export interface Version {
  /** First segment of every path. */
  readonly name: 'v1' | 'v2';
  readonly resources: Resources;
  /** Whether an order tells the name and address of its customer, which costs a call more. */
  readonly embedsCustomer: boolean;
  /** RFC 9745 and RFC 8594: since when it should not be used by new clients, and when it ends. */
  readonly deprecated?: { readonly since: Date; readonly sunset: Date };
}

/** The oldest first. */
export const versions: readonly Version[] = [
  {
    name: 'v1',
    resources: resourcesV1,
    embedsCustomer: false,
    deprecated: { since: new Date('2026-11-22T00:00:00Z'), sunset: new Date('2027-11-30T23:59:59Z') },
  },
  { name: 'v2', resources: resourcesV2, embedsCustomer: true },
];
