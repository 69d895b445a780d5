/** Returns `12,345` in every locale. */
export const grouped = (value: number): string => value.toLocaleString('en-US');

/** Returns `12.3 %`. */
export const percent = (value: number): string => `${value.toFixed(1)} %`;
