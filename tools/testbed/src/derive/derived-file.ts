/** A file with its derived content. */
export interface DerivedFile {
  /** Path relative to the repository. */
  readonly file: string;
  readonly text: string;
}
