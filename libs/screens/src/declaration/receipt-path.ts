/**
 * Path of the receipt of a write, below the prefix of a family. No row of a table may be below its first
 * segment.
 */
export const receiptPath = '/writes/{key}';
