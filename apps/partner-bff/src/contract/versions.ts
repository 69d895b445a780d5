export interface Version {
  /** First segment of every path. */
  readonly name: 'v1' | 'v2';
  /** Date of the deprecation (RFC 9745) and date on which the version ends (RFC 8594). */
  readonly deprecated?: { readonly since: Date; readonly sunset: Date };
}

/** Versions, oldest first. Their answers are declared with the screens. */
export const versions: readonly Version[] = [
  {
    name: 'v1',
    deprecated: { since: new Date('2026-11-22T00:00:00Z'), sunset: new Date('2027-11-30T23:59:59Z') },
  },
  { name: 'v2' },
];
