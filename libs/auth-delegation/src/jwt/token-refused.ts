import type { z } from 'zod';

/** Why a token was rejected. A closed list, safe to log and to count, without the token's content. */
export type Refusal =
  | 'malformed'
  | 'too-large'
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
  /** Name of the invalid claim, if there is one; for logs. */
  readonly claim: string | undefined;

  constructor(code: Refusal, claim?: string) {
    super(claim === undefined ? `token refused: ${code}` : `token refused: ${code} (${claim})`);
    this.code = code;
    this.claim = claim;
  }
}

/** Returns the name of the claim that a schema rejected, without its value. */
export const claimOf = ({ issues }: z.ZodError): string | undefined => {
  const [name] = issues[0]?.path ?? [];
  return name === undefined ? undefined : String(name);
};
