/** One line of the report. */
export interface ProviderCheck {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly found: string;
}
