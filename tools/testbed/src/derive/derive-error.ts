/** A reason for which nothing can be derived, as one line that names the file. */
export class DeriveError extends Error {}
