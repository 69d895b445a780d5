/** A control call that makes no sense; its message is for the one who made it. */
export class InvalidControl extends Error {
  override readonly name = 'InvalidControl';
}
