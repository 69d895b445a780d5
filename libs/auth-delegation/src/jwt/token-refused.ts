/** Why a token is not believed. A closed list, safe to log and to count; it says nothing of the token's content. */
export type Refusal =
  | 'malformed'
  | 'header'
  | 'type'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not-yet-valid'
  | 'lifetime'
  | 'claims'
  | 'nonce'
  | 'binding'
  | 'replayed';

export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code: Refusal;

  constructor(code: Refusal) {
    super(`token refused: ${code}`);
    this.code = code;
  }
}
