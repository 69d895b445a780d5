/** Result of one check. */
export interface ProviderCheck {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly found: string;
}
