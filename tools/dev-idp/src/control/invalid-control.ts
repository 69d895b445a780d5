/** Thrown on an invalid control call; the message is shown to the caller. */
export class InvalidControl extends Error {
  override readonly name = 'InvalidControl';
}
