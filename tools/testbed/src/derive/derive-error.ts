/** Thrown when files cannot be derived; the message is one line that names the file. */
export class DeriveError extends Error {}
