/** Of the receipt of a write, below the prefix of a family. No row of a table may stand below its first part. */
export const receiptPath = '/writes/{key}';
