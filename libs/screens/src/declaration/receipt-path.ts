/**
 * Path of the receipt of a write, relative to the path prefix of a client family. A screen table must not
 * declare other paths below `/writes/`.
 */
export const receiptPath = '/writes/{key}';
