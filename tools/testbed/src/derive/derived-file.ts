/** A file as it must be. */
export interface DerivedFile {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly text: string;
}
