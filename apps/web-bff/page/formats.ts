const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
export const when = (time: string): string => date.format(new Date(time));

/** Formats an amount; empty if the tenant's policy hides it. */
export const money = (cents: number | undefined, currency = 'EUR'): string =>
  cents === undefined
    ? ''
    : new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(cents / 100);

export const bytes = (count: number): string => `${count.toLocaleString()} B`;
export const milliseconds = (count: number): string => `${count.toFixed(count < 10 ? 1 : 0)} ms`;
