import type { z } from 'zod';

/** Why a token is not believed. A closed list, safe to log and to count; it says nothing of the token's content. */
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
  /** Name of the claim that is wrong, where it is one; for logs. */
  readonly claim: string | undefined;

  constructor(code: Refusal, claim?: string) {
    super(claim === undefined ? `token refused: ${code}` : `token refused: ${code} (${claim})`);
    this.code = code;
    this.claim = claim;
  }
}

/** The claim that a schema did not accept. Never its value. */
export const claimOf = ({ issues }: z.ZodError): string | undefined => {
  const [name] = issues[0]?.path ?? [];
  return name === undefined ? undefined : String(name);
};
