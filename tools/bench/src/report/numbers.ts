/** `12,345`, in every locale of the machine. */
export const grouped = (value: number): string => value.toLocaleString('en-US');

/** `12.3 %`. */
export const percent = (value: number): string => `${value.toFixed(1)} %`;
