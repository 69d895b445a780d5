export interface Version {
  /** First segment of every path. */
  readonly name: 'v1' | 'v2';
  /** RFC 9745 and RFC 8594: since when it should not be used by new clients, and when it ends. */
  readonly deprecated?: { readonly since: Date; readonly sunset: Date };
}

/** The oldest first. What each answers is declared with the screens. */
export const versions: readonly Version[] = [
  {
    name: 'v1',
    deprecated: { since: new Date('2026-11-22T00:00:00Z'), sunset: new Date('2027-11-30T23:59:59Z') },
  },
  { name: 'v2' },
];
